import { DatabaseSync } from "node:sqlite";
import type { QualificationRequest } from "@partner-qualifications/client";
import { CommandError } from "../failure.ts";
import type { Flags } from "../options.ts";
import { openRecords } from "./read-records.ts";

/** The columns that a row can have, with the headers by which each is recognized, without case and punctuation. */
const headers = {
  customerId: ["customerid", "customertenantid", "tenantid", "microsoftid", "tenant", "customer"],
  qualification: ["qualification", "qualificationtype", "type"],
  educationSegment: ["educationsegment", "segment", "schooltype"],
  website: ["website", "url", "site", "homepage"],
  validationCode: ["validationcode", "code", "gcccode"],
};

type Column = keyof typeof headers;
const columnNames = Object.keys(headers) as Column[];
/** Which field of a record each column is; a column that is not there is missing. */
type Mapping = Partial<Record<Column, string>>;

/** A row that can be requested, or the reason why it cannot. */
export type Row = { line: number; customerId: string; qualification: string } & (
  | { body: QualificationRequest; problem?: undefined }
  | { body?: undefined; problem: string; isDuplicate?: boolean }
);

/**
 * Opens a file of rows, and reads it row by row: its size does not matter.
 *
 * @returns Which field is which column, and the rows in the order of the file.
 * @throws {CommandError} When the file cannot be read or has no customer ids.
 */
export async function openRows(
  file: string,
  { map, qualification, educationSegment }: Flags,
): Promise<{ mapping: Mapping; rows: () => AsyncIterable<Row> }> {
  const { names, records } = await openRecords(file, columnNames);
  const mapping = mapColumns(names, map);
  const fields = Object.entries(mapping);
  return {
    mapping,
    async *rows() {
      // A temporary file of SQLite, so that the memory does not grow with the rows.
      const seen = new DatabaseSync("");
      seen.exec("pragma journal_mode = off; pragma synchronous = off");
      seen.exec("create table row (key text primary key, line integer) without rowid; begin");
      const find = seen.prepare("select line from row where key = ?");
      const add = seen.prepare("insert or ignore into row values (?, ?)");
      try {
        for await (const { line, fields: values, problem } of records()) {
          if (problem !== undefined) {
            yield { line, customerId: "", qualification: "", problem };
            continue;
          }
          const cells: Partial<Record<Column, unknown>> = Object.fromEntries(
            fields.map(([column, field]) => [column, values[field]]),
          );
          cells.qualification ||= qualification;
          cells.educationSegment ||= educationSegment;
          const row = checkRow(line, cells);
          const key = `${row.customerId} ${row.qualification}`;
          if (!row.body || add.run(key, line).changes === 1) yield row;
          else {
            const same = `is the same as line ${String(find.get(key)?.["line"])}`;
            yield { ...row, body: undefined, problem: same, isDuplicate: true };
          }
        }
      } finally {
        seen.close();
      }
    },
  };
}

const bare = (header: string) => header.toLowerCase().replaceAll(/[^a-z\d]/g, "");

function mapColumns(names: string[], given: string[]): Mapping {
  const mapping: Mapping = {};
  for (const column of columnNames) {
    // In the order of the list: a file may have both a tenant id and a customer's own number.
    const found = headers[column].flatMap(
      (header) => names.find((name) => bare(name) === header) ?? [],
    );
    if (found[0] !== undefined) mapping[column] = found[0];
  }
  const has = `The file has: ${names.join(", ")}.`;
  for (const pair of given) {
    const [column = "", ...rest] = pair.split("=");
    const field = rest.join("=");
    if (!columnNames.includes(column as Column))
      throw new CommandError(`--map ${pair}: a column is one of ${columnNames.join(", ")}`);
    if (!names.includes(field))
      throw new CommandError(`--map ${pair}: no field "${field}". ${has}`);
    mapping[column as Column] = field;
  }
  if (mapping.customerId !== undefined) return mapping;
  const advice = `Specify one, for example --map customerId=${names[0] ?? "Tenant"}`;
  throw new CommandError(`No column contains customer ids. ${has} ${advice}`);
}

const qualifications = {
  Education: /^edu(cation)?$/i,
  GovernmentCommunityCloud: /^(gcc|governmentcommunitycloud)$/i,
  StateOwnedEntity: /^(soe|stateownedentity)$/i,
};
const segments = { K12: /^k-?12$/i, HigherEducation: /^higher ?education$/i };
const known = <Name extends string>(names: Record<Name, RegExp>, text: string) =>
  (Object.keys(names) as Name[]).find((name) => names[name].test(text));
const guid = /^\{?([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})\}?$/i;

/** Checks a row: the id is a GUID, the qualification can be requested, and what it needs is there. */
export function checkRow(line: number, cells: Partial<Record<Column, unknown>>): Row {
  const read = (column: Column) => {
    const value = cells[column];
    return typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
  };
  const written = read("customerId");
  const customerId = guid.exec(written)?.[1]?.toLowerCase();
  const named = read("qualification");
  const qualification = known(qualifications, named) ?? named.slice(0, 200);
  const row = { line, customerId: customerId ?? written.slice(0, 200), qualification };
  const bad = (problem: string) => ({ ...row, problem });

  if (!customerId) return bad(written ? `${quote(written)} is not a GUID` : "has no customer id");
  if (!named) return bad("has no qualification");
  if (qualification === "StateOwnedEntity") return { ...row, body: { qualification } };
  if (qualification === "GovernmentCommunityCloud") {
    const validationCode = read("validationCode");
    if (!validationCode)
      return bad("has no validation code, which GovernmentCommunityCloud requires");
    return { ...row, body: { qualification, validationCode } };
  }
  if (qualification !== "Education")
    return bad(
      `${quote(named)} is not a qualification that can be requested: Education, GovernmentCommunityCloud or StateOwnedEntity`,
    );
  const segment = read("educationSegment");
  const educationSegment = known(segments, segment);
  if (educationSegment) {
    const website = read("website");
    return { ...row, body: { qualification, educationSegment, ...(website && { website }) } };
  }
  const fault = segment ? `${quote(segment)} is not an` : "has no";
  return bad(`${fault} education segment: K12 or HigherEducation`);
}

/** A cell is shown on one line. */
function quote(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return `"${line.length > 60 ? `${line.slice(0, 60)}…` : line}"`;
}
