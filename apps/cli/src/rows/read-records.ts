import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createInterface } from "node:readline";
import { parse } from "csv-parse";
import { CommandError } from "../failure.ts";

/** A record of a file, before anything is known of its meaning. */
interface RawRecord {
  /** Where it begins, from 1. */
  line: number;
  fields: Record<string, unknown>;
  /** Why it could not be read. */
  problem?: string;
}

/** Longer than any real record: a file without line ends is not read into memory as a whole. */
const longestRecord = 1024 * 1024;

/**
 * Opens CSV, TSV or JSON Lines. The separator is recognized: comma, semicolon, tab or bar.
 *
 * @param order The names of the fields of CSV without a header.
 * @returns The fields' names (of JSON Lines, those of the first line), and the records.
 * @throws {CommandError} When the file cannot be read, is empty, or is not UTF-8 text.
 */
export async function openRecords(
  file: string,
  order: string[],
): Promise<{ names: string[]; records: () => AsyncIterable<RawRecord> }> {
  const head = await readHead(file);
  const [start = ""] = head.trimStart().split("\n");
  if (/^\{\s*"/.test(start))
    return { names: Object.keys(readJson(start).fields), records: () => readLines(file) };
  const delimiter = separatorOf(head);
  for await (const { values } of readCsv(file, delimiter)) {
    const hasHeader = !values.some((name) => /^\W?[\da-f]{8}-[\da-f]{4}-/i.test(name));
    const names = hasHeader ? values : values.map((_, at) => order[at] ?? `column ${at + 1}`);
    return {
      names,
      async *records() {
        let isHeader = hasHeader;
        for await (const { values: cells, ...record } of readCsv(file, delimiter)) {
          const fields = Object.fromEntries(names.map((name, at) => [name, cells[at]]));
          if (!isHeader) yield { ...record, fields };
          isHeader = false;
        }
      },
    };
  }
  throw new CommandError(`${file} is empty.`);
}

async function readHead(file: string): Promise<string> {
  const bytes = Buffer.alloc(65_536);
  try {
    await using handle = await open(file);
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
    const head = bytes.toString("utf8", 0, bytesRead).replace(/^\uFEFF/, "");
    if (head.trim() && !head.includes("\0")) return head;
    if (!head.trim()) throw new CommandError(`${file} is empty.`);
    const kind = head.startsWith("PK")
      ? "an XLSX spreadsheet, which is not read"
      : "not UTF-8 text";
    throw new CommandError(`${file} is ${kind}. Save it as CSV UTF-8, and pass that file.`);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const { code = "" } = error as NodeJS.ErrnoException;
    const reasons: Record<string, string> = {
      ENOENT: "it does not exist",
      EACCES: "permission denied",
      EISDIR: "it is a directory",
    };
    throw new CommandError(`Cannot read ${file}: ${reasons[code] ?? code}.`);
  }
}

function separatorOf(head: string): string {
  const unquoted = head.replaceAll(/"[^"]*"/g, "").trimStart();
  const [line = ""] = unquoted.split(/\r?\n/);
  const columns = (separator: string) => line.split(separator).length;
  return [",", ";", "\t", "|"].toSorted((one, other) => columns(other) - columns(one))[0]!;
}

async function* readCsv(file: string, delimiter: string) {
  const parser = parse({
    bom: true,
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: longestRecord,
    info: true,
  });
  let line = 1;
  try {
    const parsed: AsyncIterable<{ record: string[]; info: { lines: number } }> =
      createReadStream(file).pipe(parser);
    for await (const { record, info } of parsed) {
      yield { line, values: record };
      line = info.lines + 1;
    }
  } catch (error) {
    // A quote that is never closed swallows the rest of the file.
    yield { line, values: [], problem: `cannot be read: ${(error as Error).message}` };
  }
}

async function* readLines(file: string): AsyncGenerator<RawRecord> {
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(file, "utf8") })) {
    line++;
    if (text.trim()) yield { line, ...readJson(text.replace(/^\uFEFF/, "")) };
  }
}

function readJson(text: string): Omit<RawRecord, "line"> {
  try {
    const fields: unknown = JSON.parse(text);
    if (typeof fields === "object" && fields !== null && !Array.isArray(fields))
      return { fields: fields as Record<string, unknown> };
  } catch {
    // Reported below.
  }
  return { fields: {}, problem: "is not a JSON object" };
}
