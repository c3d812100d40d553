import type { Operation } from "../contract/operation.ts";
import type { Contract } from "../contract/read-contract.ts";
import type { Keyword } from "../generate/mutations-of.ts";
import type { Cell } from "./cell.ts";
import { keywordsOf } from "./keywords.ts";

/** Everything that a contract says of its operations' requests and answers. */
export function cellsOf(contract: Contract): Cell[] {
  return contract.operations.flatMap((operation) => [
    ...answerCells(contract, operation),
    ...requestCells(contract, operation),
  ]);
}

function answerCells(contract: Contract, { id: operation, responses }: Operation): Cell[] {
  const cells: Cell[] = [];
  for (const [status, { headers, content }] of Object.entries(responses)) {
    cells.push({ operation, status });
    for (const header of Object.keys(headers)) cells.push({ operation, status, header });
    for (const [mediaType, { schema }] of Object.entries(content)) {
      const media = { operation, status, mediaType };
      cells.push(media);
      for (const keyword of keywordsOf(contract, schema)) cells.push({ ...media, ...keyword });
    }
  }
  return cells;
}

const isRequired: Keyword = { pointer: "", keyword: "required" };
const isJson: Keyword = { pointer: "", keyword: "json" };
const isOfType: Keyword = { pointer: "", keyword: "mediaType" };

function requestCells(contract: Contract, { id, parameters, body }: Operation): Cell[] {
  const cells: Cell[] = [];
  const add = (place: string, name: string, keywords: Keyword[]): void => {
    for (const keyword of keywords) {
      const cell = { operation: id, place, name, ...keyword };
      cells.push({ ...cell, way: "kept" }, { ...cell, way: "broken" });
    }
  };
  for (const { in: place, name, required, schema } of parameters) {
    const keywords = keywordsOf(contract, schema);
    // A path without one of its parts is another path.
    add(place, name, required && place !== "path" ? [isRequired, ...keywords] : keywords);
  }
  for (const { schema } of Object.values(body?.content ?? {})) {
    const keywords = [isJson, ...keywordsOf(contract, schema)];
    add("body", "body", body?.required ? [isRequired, ...keywords] : keywords);
  }
  if (body) add("mediaType", "Content-Type", [isOfType]);
  return cells;
}
