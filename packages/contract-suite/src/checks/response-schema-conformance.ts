import type { Json } from "../contract/json.ts";
import { documented } from "../contract/operation.ts";
import { type Exchange, jsonOf } from "../exchange/exchange.ts";
import { type Check, verdict, wrong } from "./check.ts";
import { isJson, mediaTypeOf } from "./media-type.ts";

export const responseSchemaConformance: Check = {
  name: "response_schema_conformance",
  summary: "The body keeps the schema of its status and media type",
  judge(exchange, { contract }) {
    const { operation } = exchange.case;
    const type = mediaTypeOf(exchange.answer?.headers["content-type"] ?? "");
    const status = exchange.answer?.status ?? 0;
    const media = type === undefined ? undefined : documented(operation, status)?.content[type];
    if (!media || type === undefined) return undefined;
    const value = bodyOf(exchange, type);
    if (value === undefined) return wrong(`the body is not JSON: ${exchange.answer?.body}`);
    const why = contract.refusal(media.schema, value);
    return verdict(why && `${why}, in ${exchange.answer?.body.slice(0, 500)}`);
  },
};

/** A body as its schema sees it: a JSON value, or a text as a string. */
export function bodyOf(exchange: Exchange, type: string): Json | undefined {
  return isJson(type) ? (jsonOf(exchange) as Json | undefined) : exchange.answer?.body;
}
