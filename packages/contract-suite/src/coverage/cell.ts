/** One thing that a contract says, of which traffic can be a proof. Members that do not apply are left out. */
export interface Cell {
  operation: string;
  /** Of answers: the status as the contract writes it. */
  status?: string;
  mediaType?: string;
  header?: string;
  /** Of requests: where, and the parameter's name. */
  place?: string;
  name?: string;
  /** The keyword of a schema, and where in the schema it stands. */
  pointer?: string;
  keyword?: string;
  /** Of a keyword of a request: whether a request kept it, or broke it and was refused. */
  way?: "kept" | "broken";
}

const members = [
  "operation",
  "status",
  "mediaType",
  "header",
  "place",
  "name",
  "pointer",
  "keyword",
  "way",
] as const;

/** One text for one cell. */
export function nameOf(cell: Cell): string {
  return members
    .map((member) => cell[member])
    .filter((value) => value !== undefined && value !== "")
    .join(" ");
}
