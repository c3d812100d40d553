import type { Schemas } from "../schema-cases/schemas.ts";
import type { Contract, Operation } from "@partner-qualifications/spec/model";
import type { Keyword } from "../schema-cases/mutations-of.ts";
import { keywordsOf } from "./keywords.ts";

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

/** Everything that a contract says of its operations' requests and answers. */
export function cellsOf({ operations }: Contract, schemas: Schemas): Cell[] {
  return operations.flatMap((operation) => [
    ...answerCells(schemas, operation),
    ...requestCells(schemas, operation),
  ]);
}

function answerCells(schemas: Schemas, { id: operation, responses }: Operation): Cell[] {
  const cells: Cell[] = [];
  for (const [status, { headers, content }] of Object.entries(responses)) {
    cells.push({ operation, status });
    for (const header of Object.keys(headers)) cells.push({ operation, status, header });
    for (const [mediaType, { schema }] of Object.entries(content)) {
      const media = { operation, status, mediaType };
      cells.push(media);
      for (const keyword of keywordsOf(schemas, schema)) cells.push({ ...media, ...keyword });
    }
  }
  return cells;
}

const isRequired: Keyword = { pointer: "", keyword: "required" };
const isJson: Keyword = { pointer: "", keyword: "json" };
const isOfType: Keyword = { pointer: "", keyword: "mediaType" };

function requestCells(schemas: Schemas, { id, parameters, body }: Operation): Cell[] {
  const cells: Cell[] = [];
  const add = (place: string, name: string, keywords: Keyword[]): void => {
    for (const keyword of keywords) {
      const cell = { operation: id, place, name, ...keyword };
      cells.push({ ...cell, way: "kept" }, { ...cell, way: "broken" });
    }
  };
  for (const { in: place, name, required, schema } of parameters) {
    const keywords = keywordsOf(schemas, schema);
    // A path without one of its parts is another path.
    add(place, name, required && place !== "path" ? [isRequired, ...keywords] : keywords);
  }
  for (const { schema } of Object.values(body?.content ?? {})) {
    const keywords = [isJson, ...keywordsOf(schemas, schema)];
    add("body", "body", body?.required ? [isRequired, ...keywords] : keywords);
  }
  if (body) add("mediaType", "Content-Type", [isOfType]);
  return cells;
}
