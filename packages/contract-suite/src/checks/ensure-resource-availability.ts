import type { Json } from "@partner-qualifications/spec/model";
import { keyOf } from "../schema-cases/json.ts";
import { jsonOf } from "../exchange/body.ts";
import { type Check, held, wrong } from "./check.ts";

export const ensureResourceAvailability: Check = {
  name: "ensure_resource_availability",
  summary: "A created resource can be read at once",
  inapplicable: ({ operations }) =>
    operations.some(
      ({ method, path }) =>
        method === "POST" &&
        operations.some((other) => other.method === "GET" && other.path === path),
    )
      ? undefined
      : "no path has both a POST and a GET",
  judge(exchange, { find }) {
    const { case: one, answer } = exchange;
    if (!answer || one.intent.kind !== "readBack" || one.intent.unchangedSince) return undefined;
    const created = find(one.intent.of);
    const isPosted = created?.request.method === "POST" && isSuccess(created.answer?.status);
    // A POST creates a part of the resource at its path.
    if (!isPosted || created.case.operation.path !== one.operation.path) return undefined;
    if (answer.status === 404) return wrong(`404 after ${one.intent.of} created the resource`);
    const item = jsonOf(created) as Json;
    const list = jsonOf(exchange) as Json;
    if (!Array.isArray(list) || list.some((other) => keyOf(other) === keyOf(item))) return held;
    return wrong(`${JSON.stringify(item)} was created but is not in ${JSON.stringify(list)}`);
  },
};

function isSuccess(status = 0): boolean {
  return status >= 200 && status < 300;
}
