import {
  type AgreesRule,
  asSchema,
  type FilteredRule,
  isObject,
  type Json,
  type PagesRule,
} from "@partner-qualifications/spec/model";
import { evaluate, isSame, pointTo, shown } from "../checks/evaluate.ts";
import type { Exchange } from "../exchange/exchange.ts";
import { operationOf, type Prober, send } from "./relation-prober.ts";

/** Longer lists are not compared item by item. */
const mostItems = 500;
const mostRead = 5;
const mostFilters = 4;

/** Returns the parameter's name in an expression such as `$request.query.size`. */
function parameterIn(expression: string): string {
  return expression.split(".").at(-1) ?? "";
}

function itemsOf(expression: string, exchange: Exchange): Json[] {
  const items = evaluate(expression, { exchange });
  return Array.isArray(items) ? items : [];
}

function keysOf(items: Json[], key: string): string[] {
  return items.map((item) => shown(pointTo(item, key.replace(/^#/, ""))));
}

/** How a list is paginated. */
type Paging = Pick<PagesRule, "operation" | "items" | "key" | "next" | "token">;

/**
 * Reads a list to its end.
 *
 * @param whyNot Judges each page, given all items so far and whether it is the last.
 * @returns All items; undefined if the list does not end, or a page is missing.
 */
async function readAll(
  prober: Prober,
  { operation, items, next, token }: Paging,
  step: string,
  texts: Record<string, string>,
  whyNot?: (all: Json[], isLast: boolean) => string | undefined,
): Promise<Json[] | undefined> {
  const all: Json[] = [];
  let more: Record<string, string> = {};
  for (let page = 0; all.length <= mostItems && page <= mostItems; page++) {
    const nextOf = (exchange: Exchange) => evaluate(next, { exchange });
    const before = [...all];
    const exchange = await send(prober, {
      step: `${step}/${page}`,
      operation,
      parts: { texts: { ...texts, ...more } },
      ...(whyNot && {
        whyNot: (now: Exchange) =>
          now.answer?.status === 200
            ? whyNot([...before, ...itemsOf(items, now)], nextOf(now) === undefined)
            : `page ${page} got ${now.answer?.status}, not 200`,
      }),
    });
    if (exchange?.answer?.status !== 200) return undefined;
    const found = itemsOf(items, exchange);
    all.push(...found);
    const following = nextOf(exchange);
    if (following === undefined) return all;
    // Consecutive empty pages may never end.
    if (found.length === 0 && page > 0) return undefined;
    more = { [parameterIn(token)]: String(following) };
  }
  return undefined;
}

/** Reads a list with several page sizes. */
export async function turnPages(prober: Prober, rule: PagesRule): Promise<void> {
  const whole = await readAll(prober, rule, "whole", {});
  if (!whole || whole.length < 2) return;
  const keys = keysOf(whole, rule.key);
  const sizes = keys.length <= 20 ? [0, 1, 2] : [0, Math.ceil(keys.length / 10)];
  const parameter = operationOf(prober.run, rule.operation).parameters.find(
    ({ name }) => name === parameterIn(rule.size),
  );
  const least = Number(asSchema(parameter?.schema).minimum ?? 0);
  for (const size of sizes.filter((one) => one >= least)) {
    const texts = { [parameterIn(rule.size)]: String(size) };
    await readAll(prober, rule, `size-${size}`, texts, (all, isLast) => {
      const seen = keysOf(all, rule.key);
      const twice = seen.find((key, index) => seen.indexOf(key) !== index);
      if (twice !== undefined) return `with size ${size}, ${twice} is on more than one page`;
      const missing = isLast ? keys.find((key) => !seen.includes(key)) : undefined;
      return missing && `with size ${size}, no page has ${missing}`;
    });
  }
}

/** Returns the pagination rule of an operation, if the contract has one. */
function pagingOf({ run }: Prober, operation: string): PagesRule | undefined {
  return run.contract.relations
    .map(({ rule }) => rule)
    .find((rule) => rule.kind === "pages" && rule.operation === operation) as PagesRule | undefined;
}

/** Filters a list by texts that its items begin with, contain or lack. */
export async function filter(prober: Prober, rule: FilteredRule): Promise<void> {
  const paging = { next: "", token: "", ...pagingOf(prober, rule.operation), ...rule };
  const whole = await readAll(prober, paging, "whole", {});
  if (!whole) return;
  const valueOf = (item: Json) => String(pointTo(item, rule.value.replace(/^#/, "")) ?? "");
  const values = whole.map(valueOf).filter((value) => value.length > 4);
  const texts = [
    ...values.slice(0, mostFilters).map((value) => value.slice(0, 4).toUpperCase()),
    ...values.slice(0, mostFilters),
    // In the middle of a value, and in no value.
    ...values.slice(0, 1).map((value) => value.slice(1, 5)),
    "no such text",
  ];
  for (const [index, text] of [...new Set(texts)].entries()) {
    const isMeant = (item: Json) => valueOf(item).toLowerCase().startsWith(text.toLowerCase());
    const due = keysOf(whole.filter(isMeant), rule.key);
    const filterText = JSON.stringify({ ...rule.template, [rule.text]: text });
    const parts = { [parameterIn(rule.filter)]: filterText };
    await readAll(prober, paging, `filter-${index}`, parts, (all, isLast) => {
      const found = keysOf(all, rule.key);
      const extra = found.find((key) => !due.includes(key));
      if (extra !== undefined) return `${extra} is found by ${shown(text)}`;
      const missing = isLast ? due.find((key) => !found.includes(key)) : undefined;
      return missing && `${missing} is not found by ${shown(text)}`;
    });
  }
}

/** Reads some items of a list individually. */
export async function readAlone(prober: Prober, rule: AgreesRule): Promise<void> {
  const paging = { next: "", token: "", ...pagingOf(prober, rule.list), ...rule };
  const whole = await readAll(prober, { ...paging, operation: rule.list }, "whole", {});
  for (const item of whole?.slice(0, mostRead) ?? []) {
    const key = String(pointTo(item, rule.key.replace(/^#/, "")));
    await send(prober, {
      step: `read/${key}`,
      operation: rule.reader,
      values: { [rule.parameter]: key },
      whyNot(exchange) {
        const status = exchange.answer?.status;
        if (status !== 200) return `${key} is listed, but reading it returned ${status}, not 200`;
        return disagreement(item, evaluate(rule.body, { exchange }), "");
      },
    });
  }
}

/** Returns the first difference between two values in the members that both have. */
function disagreement(listed: Json, read: Json | undefined, at: string): string | undefined {
  if (read === undefined) return undefined;
  if (isObject(listed) && isObject(read)) {
    return Object.entries(listed)
      .map(([name, member]) => disagreement(member, read[name], `${at}/${name}`))
      .find((why) => why !== undefined);
  }
  return isSame(listed, read)
    ? undefined
    : `${at} is ${shown(listed)} in the list but ${shown(read)} when read individually`;
}
