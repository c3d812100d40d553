import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { extname } from "node:path";
import { createInterface } from "node:readline";
import { parse } from "csv-parse";
import { CommandError } from "../failure.ts";

/** A record of a file, before anything is known of its meaning. */
export interface RawRecord {
  /** Where it begins, from 1. */
  line: number;
  fields: Record<string, unknown>;
  /** Why it could not be read. */
  problem?: string;
}

export interface RecordFile {
  /** The fields' names; of JSON Lines, those of the first line. */
  names: string[];
  /** Of the content, so that the same file is recognized under another name. */
  hash(): Promise<string>;
  records(): AsyncIterable<RawRecord>;
}

const guid = /^\W?[\da-f]{8}-[\da-f]{4}-/i;
/** Longer than any real record: a file without line ends is not read into memory as a whole. */
const longestRecord = 1024 * 1024;

/**
 * Opens CSV, TSV or JSON Lines. The separator is recognized: comma, semicolon, tab or bar.
 *
 * @throws {CommandError} When the file cannot be read, is empty, or is not text in UTF-8.
 */
export async function openRecords(file: string): Promise<RecordFile> {
  const head = await readHead(file);
  const hash = async () => {
    const digest = createHash("sha256");
    for await (const chunk of createReadStream(file)) digest.update(chunk as Buffer);
    return digest.digest("hex");
  };
  const isJson = /^\.(jsonl|ndjson)$/i.test(extname(file)) || head.trimStart().startsWith("{");
  if (isJson) {
    const first = readJson(head.trimStart().split("\n")[0] ?? "");
    return { names: Object.keys(first.fields), hash, records: () => readLines(file) };
  }
  const delimiter = separatorOf(head);
  let names: string[] = [];
  for await (const { fields } of readCsv(file, delimiter, undefined)) {
    names = Object.values(fields).map(String);
    break;
  }
  // Without a header, the columns are in the order of the documentation.
  const hasHeader = !names.some((name) => guid.test(name));
  if (!hasHeader) {
    const order = ["customerId", "qualification", "educationSegment", "website", "validationCode"];
    names = names.map((_, index) => order[index] ?? `column ${index + 1}`);
  }
  return { names, hash, records: () => readCsv(file, delimiter, names, hasHeader) };
}

async function readHead(file: string): Promise<string> {
  try {
    await using handle = await open(file);
    const stat = await handle.stat();
    if (stat.isDirectory()) throw new CommandError(`${file} is a directory; name a file in it.`);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(65_536), 0, 65_536, 0);
    const head = buffer.subarray(0, bytesRead);
    if (head.includes(0)) {
      const isSheet = head.subarray(0, 2).toString() === "PK";
      throw new CommandError(
        `${file} is not text in UTF-8. ${isSheet ? "Save the spreadsheet" : "Save it"} as CSV UTF-8.`,
      );
    }
    const text = head.toString("utf8").replace(/^\uFEFF/, "");
    if (!text.trim()) throw new CommandError(`${file} is empty.`);
    return text;
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    const why =
      { ENOENT: "it does not exist", EACCES: "this user may not read it" }[code ?? ""] ?? code;
    throw new CommandError(`Cannot read ${file}: ${why}.`);
  }
}

function separatorOf(head: string): string {
  const [line = ""] = head
    .replaceAll(/"[^"]*"/g, "")
    .trimStart()
    .split(/\r?\n/);
  const counts = [",", ";", "\t", "|"].map((one) => [one, line.split(one).length] as const);
  return counts.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}

async function* readCsv(
  file: string,
  delimiter: string,
  names: string[] | undefined,
  hasHeader = false,
): AsyncGenerator<RawRecord> {
  const parser = createReadStream(file).pipe(
    parse({
      bom: true,
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      max_record_size: longestRecord,
      info: true,
    }),
  );
  let before = 0;
  let isHeader = hasHeader;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      const line = before + 1;
      before = info.lines;
      if (isHeader) {
        isHeader = false;
        continue;
      }
      yield {
        line,
        fields: Object.fromEntries(
          record.map((value, at) => [names ? (names[at] ?? `column ${at + 1}`) : at, value]),
        ),
      };
    }
  } catch (error) {
    // A quote that is never closed swallows the rest of the file.
    yield { line: before + 1, fields: {}, problem: `cannot be read: ${(error as Error).message}` };
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
    if (typeof fields === "object" && fields !== null && !Array.isArray(fields)) {
      return { fields: fields as Record<string, unknown> };
    }
  } catch {
    // Reported below.
  }
  return { fields: {}, problem: "is not a JSON object" };
}
