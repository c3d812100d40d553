import { addressOf, type Exchange } from "../exchange/exchange.ts";
import { type Check, verdict } from "./check.ts";

export const useAfterFree: Check = {
  name: "use_after_free",
  summary: "A deleted resource is gone",
  inapplicable: ({ operations }) =>
    operations.some(({ method }) => method === "DELETE") ? undefined : "no operation uses DELETE",
  judge(exchange, { earlier }) {
    const { answer, request } = exchange;
    if (!answer || answer.status >= 400 || request.method !== "GET") return undefined;
    const address = addressOf(exchange.case.draft).split("?")[0] ?? "";
    const about = earlier.filter((other) => isAbout(other, address));
    const deleted = about.findLast(({ request: { method } }) => method === "DELETE");
    if (!deleted) return undefined;
    // The resource may have been created again.
    const isCreated = about
      .slice(about.indexOf(deleted))
      .some(({ request: { method } }) => method === "PUT" || method === "POST");
    return verdict(isCreated ? undefined : `${answer.status} after a DELETE, not 404`);
  },
};

/** Whether an exchange changed the resource at a path, or one that contains it. */
function isAbout({ case: { draft }, answer }: Exchange, address: string): boolean {
  const other = addressOf(draft).split("?")[0] ?? "";
  return (
    answer !== undefined &&
    answer.status < 300 &&
    (address === other || address.startsWith(`${other}/`))
  );
}
