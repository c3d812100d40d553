import { CommandError } from "../failure.ts";

/** The columns that a row can have, with the headers by which each is recognized, without case and punctuation. */
const headers = {
  customerId: ["customerid", "customertenantid", "tenantid", "microsoftid", "tenant", "customer"],
  qualification: ["qualification", "qualificationtype", "type"],
  educationSegment: ["educationsegment", "segment", "schooltype"],
  website: ["website", "url", "site", "homepage"],
  validationCode: ["validationcode", "code", "gcccode"],
} as const;

export type Column = keyof typeof headers;
/** Which field of a record each column is; a column that is not there is missing. */
export type Mapping = Partial<Record<Column, string>>;

export const columnNames = Object.keys(headers) as Column[];

const bare = (header: string) => header.toLowerCase().replaceAll(/[^a-z\d]/g, "");

/**
 * Guesses which field is which column.
 *
 * @param names The fields of the file.
 * @param given What `--map` says, as `column=field`; it wins over the guess.
 * @throws {CommandError} When no field has the customer's id, or `--map` names a field or column that does not exist.
 */
export function mapColumns(names: string[], given: string[]): Mapping {
  const mapping: Mapping = {};
  for (const column of columnNames) {
    const known: readonly string[] = headers[column];
    // In the order of the list: a file may have both a tenant id and a customer's own number.
    const found = known.flatMap((header) => names.filter((name) => bare(name) === header))[0];
    if (found !== undefined) mapping[column] = found;
  }
  for (const pair of given) {
    const [column = "", ...rest] = pair.split("=");
    const field = rest.join("=");
    if (!columnNames.includes(column as Column)) {
      throw new CommandError(`--map ${pair}: a column is one of ${columnNames.join(", ")}`);
    }
    if (!names.includes(field)) {
      throw new CommandError(
        `--map ${pair}: the file has no "${field}". It has: ${names.join(", ")}`,
      );
    }
    mapping[column as Column] = field;
  }
  if (mapping.customerId === undefined) {
    throw new CommandError(
      `No column looks like a customer's id. The file has: ${names.join(", ")}. Name it, for instance --map customerId=${names[0] ?? "Tenant"}`,
    );
  }
  return mapping;
}
