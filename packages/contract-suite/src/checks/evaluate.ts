import { type Expression, isObject, type Json } from "@partner-qualifications/spec/model";
import { keyOf } from "../schema-cases/json.ts";
import { jsonOf } from "../exchange/body.ts";
import type { Exchange } from "../exchange/exchange.ts";

/** The values of an expression's variables. */
export interface Scope {
  /** `$request` and `$response`. */
  exchange?: Exchange | undefined;
  /** `$item`. */
  item?: Json | undefined;
  /** The exchanges of named steps. */
  steps?: Record<string, Exchange>;
  variables?: Record<string, Json>;
}

/** Returns the value of an expression; undefined if it has none. */
export function evaluate(expression: Expression, scope: Scope): Json | undefined {
  if (Array.isArray(expression)) return expression.map((one) => evaluate(one, scope) ?? null);
  if (isObject(expression)) {
    return Object.fromEntries(
      Object.entries(expression).map(([name, one]) => [name, evaluate(one, scope) ?? null]),
    );
  }
  if (typeof expression !== "string" || !expression.startsWith("$")) return expression;
  const [path = "", pointer] = split(expression.slice(1));
  const value = valueAt(path.split("."), scope);
  return pointer === undefined ? value : pointTo(parsed(value), pointer, scope.variables);
}

function split(text: string): [string, string?] {
  const at = text.indexOf("#");
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** Parses a parameter that is a JSON text. */
function parsed(value: Json | undefined): Json | undefined {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return undefined;
  }
}

function valueAt(path: string[], scope: Scope): Json | undefined {
  const [first = "", ...rest] = path;
  if (first === "item") return scope.item;
  if (first === "request" || first === "response") {
    return scope.exchange && partOf(scope.exchange, path);
  }
  const step = scope.steps?.[first];
  return step ? partOf(step, rest) : scope.variables?.[first];
}

function partOf({ case: { draft }, ...exchange }: Exchange, path: string[]): Json | undefined {
  const [side, part, ...names] = path;
  const name = names.join(".");
  const isRequest = side === "request";
  if (part === "body") {
    return isRequest ? parsed(draft.body) : (jsonOf(exchange as Exchange) as Json | undefined);
  }
  const known: Record<string, Record<string, string>> = {
    path: draft.pathValues,
    query: Object.fromEntries(draft.query),
    header: isRequest ? draft.headers : (exchange.answer?.headers ?? {}),
  };
  const values = known[part ?? ""] ?? {};
  const found = Object.keys(values).find((one) => one.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : values[found];
}

/**
 * Follows a JSON pointer. A part `?name=value` or `?name>value` selects the first matching item of a
 * list; a value that begins with `$` is a variable.
 */
export function pointTo(
  value: Json | undefined,
  pointer: string,
  variables: Record<string, Json> = {},
): Json | undefined {
  let found = value;
  for (const part of pointer.split("/").slice(1)) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    const [, name, sign, wanted] = /^\?([^=>]+)([=>])(.*)$/.exec(key) ?? [];
    if (name !== undefined && wanted !== undefined) {
      const items = Array.isArray(found) ? found : [];
      const other = wanted.startsWith("$") ? variables[wanted.slice(1)] : wanted;
      found = items.find((item) => {
        const member = isObject(item) ? item[name] : undefined;
        if (sign === ">") return typeof member === "number" && member > Number(other);
        return member !== undefined && String(member) === String(other);
      });
    } else if (Array.isArray(found)) found = found[Number(key)];
    else found = isObject(found) ? found[key] : undefined;
  }
  return found;
}

/** Whether two values are equal. Lists are compared without order, because the contract promises none. */
export function isSame(one: Json | undefined, other: Json | undefined): boolean {
  return keyOf(sorted(one)) === keyOf(sorted(other));
}

function sorted(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) {
    const items = value.map((item) => sorted(item) ?? null);
    return items.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, sorted(member) ?? null]),
  );
}

const longest = 200;

/** Formats a value for a failure's message. */
export function shown(value: Json | undefined): string {
  if (value === undefined) return "nothing";
  // Keep the quotes of a truncated string.
  if (typeof value === "string" && value.length > longest) {
    return JSON.stringify(`${value.slice(0, longest)}…`);
  }
  const text = JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
