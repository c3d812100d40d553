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
  return Object.entries(responses).flatMap(([status, { headers, content }]): Cell[] => [
    { operation, status },
    ...Object.keys(headers).map((header) => ({ operation, status, header })),
    ...Object.entries(content).flatMap(([mediaType, { schema }]) => [
      { operation, status, mediaType },
      ...keywordsOf(contract, schema).map(({ pointer, keyword }): Cell => ({
        operation,
        status,
        mediaType,
        pointer,
        keyword,
      })),
    ]),
  ]);
}

function requestCells(contract: Contract, { id, parameters, body }: Operation): Cell[] {
  const cells = (place: string, name: string, keywords: Keyword[]): Cell[] =>
    keywords.flatMap(({ pointer, keyword }) =>
      (["kept", "broken"] as const).map((way) => ({
        operation: id,
        place,
        name,
        pointer,
        keyword,
        way,
      })),
    );
  const required = (isRequired: boolean): Keyword[] =>
    isRequired ? [{ pointer: "", keyword: "required" }] : [];
  return [
    ...parameters.flatMap((one) =>
      cells(one.in, one.name, [
        // A path without one of its parts is another path.
        ...required(one.required && one.in !== "path"),
        ...keywordsOf(contract, one.schema),
      ]),
    ),
    ...Object.values(body?.content ?? {}).flatMap(({ schema }) =>
      cells("body", "body", [
        ...required(body?.required === true),
        { pointer: "", keyword: "json" },
        ...keywordsOf(contract, schema),
      ]),
    ),
    ...(body ? cells("mediaType", "Content-Type", [{ pointer: "", keyword: "mediaType" }]) : []),
  ];
}
