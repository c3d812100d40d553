import { documented } from "@partner-qualifications/spec/model";
import { bodyOf, mediaTypeOf } from "../exchange/body.ts";
import { type Check, verdict, wrong } from "./check.ts";

export const responseSchemaConformance: Check = {
  name: "response_schema_conformance",
  summary: "The body matches the schema of its status and media type",
  judge(exchange, { schemas }) {
    const { operation } = exchange.case;
    const type = mediaTypeOf(exchange.answer?.headers["content-type"] ?? "");
    const status = exchange.answer?.status ?? 0;
    const media = type === undefined ? undefined : documented(operation, status)?.content[type];
    if (!media || type === undefined) return undefined;
    const value = bodyOf(exchange, type);
    if (value === undefined) return wrong(`the body is not JSON: ${exchange.answer?.body}`);
    const why = schemas.refusal(media.schema, value);
    return verdict(why && `${why}, in ${exchange.answer?.body.slice(0, 500)}`);
  },
};
