import type { Schemas } from "../schema-cases/schemas.ts";
import type { Contract, Operation } from "@partner-qualifications/spec/model";
import type { Keyword } from "../schema-cases/mutations-of.ts";
import { keywordsOf } from "./keywords.ts";

/** One statement of a contract that traffic can prove. Members that do not apply are omitted. */
export interface Cell {
  operation: string;
  /** For responses: the status as written in the contract. */
  status?: string;
  mediaType?: string;
  header?: string;
  /** For requests: the place and the parameter's name. */
  place?: string;
  name?: string;
  /** The schema keyword, and its place in the schema. */
  pointer?: string;
  keyword?: string;
  /** For request keywords: whether a request satisfied it, or violated it and was refused. */
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

/** Returns a unique name of a cell. */
export function nameOf(cell: Cell): string {
  let name = "";
  for (const member of members) {
    const value = cell[member];
    if (value) name += name ? ` ${value}` : value;
  }
  return name;
}

/** Returns all statements of a contract about requests and responses. */
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
