import type { Json } from "@partner-qualifications/spec/model";
import { keyOf } from "../schema-cases/json.ts";
import { jsonOf } from "../exchange/body.ts";
import type { Exchange } from "../exchange/exchange.ts";
import { type Check, held, verdict, wrong } from "./check.ts";

export const idempotentReplay: Check = {
  name: "idempotent_replay",
  summary: "A repeated identifier gets the same response and has no second effect",
  inapplicable: ({ operations }) =>
    operations.some(({ idempotencyHeader }) => idempotencyHeader)
      ? undefined
      : "no operation has x-idempotency",
  judge(exchange, { find }) {
    const { case: one, answer } = exchange;
    if (!answer) return undefined;
    const { intent } = one;
    if (intent.kind === "replay") return verdict(differs(find(intent.of), exchange));
    if (intent.kind === "readBack" && intent.unchangedSince) {
      return verdict(differs(find(intent.unchangedSince), exchange));
    }
    if (intent.kind !== "identifierReused") return undefined;
    return answer.status < 300
      ? wrong(`${answer.status} for another request with a used identifier`)
      : held;
  },
};

/** Returns how an exchange differs from the earlier one. */
function differs(before: Exchange | undefined, now: Exchange): string | undefined {
  const then = before?.answer;
  if (!then || !now.answer) return undefined;
  if (then.status !== now.answer.status)
    return `${now.answer.status} now, but ${then.status} before`;
  const same = keyOf(jsonOf(before) as Json) === keyOf(jsonOf(now) as Json);
  return same ? undefined : `${now.answer.body} now, but ${then.body} before`;
}
