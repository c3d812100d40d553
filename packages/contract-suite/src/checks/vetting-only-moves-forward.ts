import { isObject, type Json } from "@partner-qualifications/spec/model";
import { jsonOf } from "../exchange/body.ts";
import type { Exchange } from "../exchange/exchange.ts";
import { type Check, verdict } from "./check.ts";

/** The order of the states. A denial comes last, because an approval may be revoked. */
const order = ["InReview", "Approved", "Denied"];

interface Item {
  qualification: string;
  vettingStatus?: string;
  vettingCreateDate?: string;
}

export const vettingOnlyMovesForward: Check = {
  name: "vetting_only_moves_forward",
  summary: "Qualifications stay, and vettings never go back",
  inapplicable: ({ operations }) =>
    operations.some(({ id }) => id === "listQualifications")
      ? undefined
      : "no operation is named listQualifications",
  judge(exchange, { earlier }) {
    const now = itemsOf(exchange);
    if (!now || exchange.case.operation.id !== "listQualifications") return undefined;
    const before = earlier.findLast(
      (other) => customerOf(other) === customerOf(exchange) && itemsOf(other) !== undefined,
    );
    const wrongs = (before ? (itemsOf(before) ?? []) : []).map((item) => wrongStep(item, now));
    return verdict(wrongs.find((one) => one !== undefined));
  },
};

function wrongStep(before: Item, list: Item[]): string | undefined {
  const now = list.find(({ qualification }) => qualification === before.qualification);
  if (!now) return `${before.qualification} has disappeared`;
  const step = `${before.qualification} went from ${show(before)} to ${show(now)}`;
  if (before.vettingStatus === undefined) return now.vettingStatus && step;
  if (now.vettingCreateDate !== before.vettingCreateDate) {
    // Only a denied qualification can be requested again.
    const isLater =
      Date.parse(now.vettingCreateDate ?? "") > Date.parse(before.vettingCreateDate ?? "");
    return isLater && before.vettingStatus === "Denied" ? undefined : step;
  }
  const [from, to] = [before, now].map(({ vettingStatus = "" }) => order.indexOf(vettingStatus));
  // An unknown state has no place in the order.
  return from === -1 || to === -1 || (to ?? 0) >= (from ?? 0) ? undefined : step;
}

function show({ vettingStatus, vettingCreateDate }: Item): string {
  return `${vettingStatus ?? "no status"} (${vettingCreateDate ?? "no date"})`;
}

/** Returns the customer's qualifications in an exchange: the list, or the requested one. */
function itemsOf(exchange: Exchange): Item[] | undefined {
  const { operation } = exchange.case;
  const status = exchange.answer?.status ?? 0;
  const body = jsonOf(exchange) as Json | undefined;
  if (operation.id === "listQualifications" && status === 200 && Array.isArray(body)) {
    return body.flatMap((item) => (isItem(item) ? [item] : []));
  }
  // A replayed response shows an earlier state.
  const isFresh = exchange.case.intent.kind !== "replay";
  if (operation.id !== "requestQualification" || status !== 201 || !isFresh) return undefined;
  return isItem(body) ? [body] : undefined;
}

function isItem(value: Json | Item | undefined): value is Item {
  return isObject(value as Json) && typeof (value as Item).qualification === "string";
}

function customerOf({ case: { draft } }: Exchange): string | undefined {
  return draft.pathValues.customer_id?.toLowerCase();
}
