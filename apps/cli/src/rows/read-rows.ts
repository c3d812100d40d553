import { type CheckedRow, checkRow, type Defaults } from "./check-row.ts";
import { type Mapping, mapColumns } from "./columns.ts";
import { openRecords } from "./read-records.ts";
import { SeenGuids } from "./seen.ts";

export interface RowFile {
  mapping: Mapping;
  hash(): Promise<string>;
  /** The rows, in the order of the file; of several that are alike, the first is good. */
  rows(): AsyncIterable<CheckedRow & { duplicateOf?: number }>;
}

/**
 * Opens a file of rows, and reads it row by row: its size does not matter.
 *
 * @param map What `--map` says, see {@link mapColumns}.
 * @throws {CommandError} When the file cannot be read or has no customer ids.
 */
export async function openRows(file: string, map: string[], defaults: Defaults): Promise<RowFile> {
  const { names, hash, records } = await openRecords(file);
  const mapping = mapColumns(names, map);
  return {
    mapping,
    hash,
    async *rows() {
      const seen = new SeenGuids();
      const salts: Record<string, number> = {
        Education: 0,
        GovernmentCommunityCloud: 1,
        StateOwnedEntity: 2,
      };
      for await (const record of records()) {
        const row = checkRow(record, mapping, defaults);
        const first = row.body && seen.add(row.customerId, salts[row.qualification] ?? 3, row.line);
        yield first === undefined
          ? row
          : {
              ...row,
              body: undefined,
              problem: `is the same as line ${first}`,
              duplicateOf: first,
            };
      }
    },
  };
}
