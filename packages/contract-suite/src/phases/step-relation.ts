import { isObject, type Json, type Step } from "@partner-qualifications/spec/model";
import type { Schemas } from "../schema-cases/schemas.ts";
import { evaluate, isSame, pointTo, type Scope, shown } from "../checks/evaluate.ts";

/** Returns why a step's requirement does not hold; undefined if it does. */
export function whyStepFails(schemas: Schemas, step: Step, scope: Scope): string | undefined {
  const of = (expression: Json) => evaluate(expression, scope);
  const reasons = [
    ...(step.equal ?? []).map(([left, right]) =>
      isSame(of(left), of(right))
        ? undefined
        : `${String(left)} is ${shown(of(left))}, not ${shown(of(right))}`,
    ),
    ...(step.differ ?? []).map(([left, right]) =>
      isSame(of(left), of(right))
        ? `${String(left)} and ${String(right)} are both ${shown(of(left))}`
        : undefined,
    ),
    ...(step.contains ?? []).map(([where, what]) => {
      const list = of(where);
      const isThere = Array.isArray(list) && list.some((item) => isSame(item, of(what)));
      return isThere ? undefined : `${shown(list)} has no ${shown(of(what))}`;
    }),
    ...(step.length ?? []).map(([where, count]) => {
      const list = of(where);
      const isRight = Array.isArray(list) && list.length === count;
      return isRight ? undefined : `${shown(list)} does not have ${count} items`;
    }),
    ...(step.schema ?? []).map(([what, schema]) => {
      const value = of(what);
      const why = value === undefined ? "is missing" : schemas.refusal(schema, value);
      return why && `${String(what)} is ${shown(value)}: ${why}`;
    }),
    ...(step.near ?? []).map(([left, right, seconds]) => {
      const [one, other] = [of(left), of(right)].map((date) => Date.parse(String(date)));
      const isNear = Math.abs((one ?? Number.NaN) - (other ?? Number.NaN)) <= seconds * 1000;
      return isNear ? undefined : `${String(left)} is ${shown(of(left))} at ${shown(of(right))}`;
    }),
    ...(step.lower ?? []).map((rule) => whyNotLower(rule, scope)),
  ];
  return reasons.find((reason) => reason !== undefined);
}

function whyNotLower(
  { in: lists, item, member, by }: NonNullable<Step["lower"]>[number],
  scope: Scope,
): string | undefined {
  const [before, after] = lists.map((list) => evaluate(list, scope));
  const [then, now] = [before, after].map((list) =>
    pointTo(list, item.replace(/^#/, ""), scope.variables),
  );
  if (!isObject(then) || !isObject(now)) return `${shown(after)} lacks ${shown(then)}`;
  const due = Number(then[member]) - by;
  if (now[member] !== due) return `${member} is ${shown(now[member])}, not ${due}`;
  const [rest, restNow] = [without(before, then), without(after, now)];
  return isSame(rest, restNow) ? undefined : `${shown(restNow)} was ${shown(rest)} before`;
}

function without(list: Json | undefined, item: Json): Json[] {
  return Array.isArray(list) ? list.filter((one) => one !== item) : [];
}
