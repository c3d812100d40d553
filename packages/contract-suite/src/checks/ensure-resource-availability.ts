import type { Json } from "@partner-qualifications/spec/model";
import { keyOf } from "../schema-cases/json.ts";
import { jsonOf } from "../exchange/body.ts";
import { type Check, held, wrong } from "./check.ts";

export const ensureResourceAvailability: Check = {
  name: "ensure_resource_availability",
  summary: "What was created can be read at once",
  inapplicable: ({ operations }) =>
    operations.some(
      ({ method, path }) =>
        method === "POST" &&
        operations.some((other) => other.method === "GET" && other.path === path),
    )
      ? undefined
      : "no address can be both posted to and read",
  judge(exchange, { find }) {
    const { case: one, answer } = exchange;
    if (!answer || one.intent.kind !== "readBack" || one.intent.unchangedSince) return undefined;
    const created = find(one.intent.of);
    const isPosted = created?.request.method === "POST" && isSuccess(created.answer?.status);
    // What is created by POST is a part of what stands at its address.
    if (!isPosted || created.case.operation.path !== one.operation.path) return undefined;
    if (answer.status === 404) return wrong(`404 for what ${one.intent.of} created`);
    const item = jsonOf(created) as Json;
    const list = jsonOf(exchange) as Json;
    if (!Array.isArray(list) || list.some((other) => keyOf(other) === keyOf(item))) return held;
    return wrong(`${JSON.stringify(item)} was created and is not in ${JSON.stringify(list)}`);
  },
};

function isSuccess(status = 0): boolean {
  return status >= 200 && status < 300;
}
