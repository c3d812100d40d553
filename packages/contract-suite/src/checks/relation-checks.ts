import type { Contract, ExchangeRule, Json, JsonObject } from "@partner-qualifications/spec/model";
import type { Schemas } from "../schema-cases/schemas.ts";
import type { Exchange } from "../exchange/exchange.ts";
import { type Check, held, verdict, type Verdict, wrong } from "./check.ts";
import { evaluate, isSame, pointTo, type Scope, shown } from "./evaluate.ts";

/** Creates one check for each relation, with its name. */
export function relationChecks({ relations }: Pick<Contract, "relations">): Check[] {
  return relations.map(({ name, says, rule }) => ({
    name,
    summary: says,
    judge(exchange, { schemas }) {
      const { intent } = exchange.case;
      if (intent.kind === "related" && intent.relation === name) {
        return exchange.answer && verdict(intent.whyNot(exchange));
      }
      // Nothing is known about the response to an invalid request.
      const isMeant = intent.kind !== "invalid" && rule.kind === "exchange";
      return isMeant ? judgeExchange(schemas, rule, exchange) : undefined;
    },
  }));
}

/** Judges a 2xx response by a rule about one exchange; undefined if the rule does not apply. */
function judgeExchange(schemas: Schemas, rule: ExchangeRule, exchange: Exchange): Verdict {
  const status = exchange.answer?.status ?? 0;
  if (exchange.case.operation.id !== rule.operation || status < 200 || status > 299)
    return undefined;
  const scope: Scope = { exchange };
  if (rule.each === undefined) return judge(schemas, rule, scope);
  const list = evaluate(rule.each, scope);
  if (!Array.isArray(list)) return undefined;
  const verdicts = list.map((item) => judge(schemas, rule, { ...scope, item }));
  return verdicts.find((one) => one?.wrong !== undefined) ?? verdicts.find(Boolean);
}

function judge(schemas: Schemas, rule: ExchangeRule, scope: Scope): Verdict {
  if (rule.equal) return equal(rule.equal, rule.ignoreCase === true, scope);
  if (rule.atMost) return atMost(rule.atMost, scope);
  if (rule.length) return length(rule.length, scope);
  if (rule.unique) return unique(rule.unique, scope);
  if (rule.startsWith) return startsWith(rule.startsWith, scope);
  if (rule.keepsQuery !== undefined) return keepsQuery(rule.keepsQuery, scope);
  return rule.schema && schema(schemas, rule.schema, scope);
}

type Part<Name extends keyof ExchangeRule> = Exclude<ExchangeRule[Name], undefined>;

function equal([left, right]: Part<"equal">, ignoreCase: boolean, scope: Scope): Verdict {
  const [one, other] = [evaluate(left, scope), evaluate(right, scope)];
  if (one === undefined || other === undefined) return undefined;
  const fold = (value: Json) => {
    return ignoreCase && typeof value === "string" ? value.toLowerCase() : value;
  };
  if (isSame(fold(one), fold(other))) return held;
  return wrong(`${named(left)} is ${shown(one)}, and ${named(right)} is ${shown(other)}`);
}

function atMost([left, right]: Part<"atMost">, scope: Scope): Verdict {
  const [one, limit] = [evaluate(left, scope), evaluate(right, scope)];
  if (typeof one !== "number" || typeof limit !== "number") return undefined;
  return one <= limit ? held : wrong(`${named(left)} is ${one}, and ${named(right)} is ${limit}`);
}

function length({ of, is, atMost: most }: Part<"length">, scope: Scope): Verdict {
  const list = evaluate(of, scope);
  if (!Array.isArray(list)) return undefined;
  const bound = Number(evaluate(is ?? most ?? null, scope) ?? Number.NaN);
  if (Number.isNaN(bound) || (is === undefined && bound === 0)) return undefined;
  const holds = is === undefined ? list.length <= bound : list.length === bound;
  const what = `${named(of)} has ${list.length} items`;
  return holds ? held : wrong(`${what}, and ${named(is ?? most ?? "")} is ${bound}`);
}

function unique({ in: where, by }: Part<"unique">, scope: Scope): Verdict {
  const list = evaluate(where, scope);
  if (!Array.isArray(list)) return undefined;
  const keys = list.map((item) => shown(pointTo(item, by.replace(/^#/, ""))));
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  return twice === undefined ? held : wrong(`${named(where)} has ${twice} more than once`);
}

function startsWith(rule: Part<"startsWith">, scope: Scope): Verdict {
  const list = evaluate(rule.in, scope);
  const text = evaluate(rule.text, scope);
  if (!Array.isArray(list) || typeof text !== "string") return undefined;
  const values = list.map((item) => String(evaluate(rule.value, { ...scope, item })));
  const other = values.find((value) => !value.toLowerCase().startsWith(text.toLowerCase()));
  return other === undefined ? held : wrong(`${shown(other)} does not begin with ${shown(text)}`);
}

function keepsQuery(expression: Part<"keepsQuery">, scope: Scope): Verdict {
  const link = evaluate(expression, scope);
  const { draft } = scope.exchange?.case ?? {};
  if (typeof link !== "string" || !draft) return undefined;
  const { pathname, searchParams } = new URL(link, "http://service");
  if (pathname !== draft.path) return wrong(`${named(expression)} is ${link}, not ${draft.path}`);
  const lost = draft.query.find(([name, text]) => searchParams.get(name) !== text);
  if (!lost) return held;
  const [name, text] = lost;
  const kept = shown(searchParams.get(name));
  return wrong(`${named(expression)} has ${kept} for ${name}, and ${shown(text)} was sent`);
}

function schema(schemas: Schemas, rule: JsonObject, scope: Scope): Verdict {
  const value: Json | undefined = scope.item ?? {
    request: { body: evaluate("$request.body", scope) ?? null },
    response: { body: evaluate("$response.body", scope) ?? null },
  };
  const why = schemas.refusal(rule, value);
  return why === undefined
    ? held
    : wrong(`${why}, in ${shown(scope.item ?? evaluate("$response.body", scope))}`);
}

/** Formats an expression for a failure's message. */
function named(expression: Json): string {
  return typeof expression === "string" ? expression.replace(/^\$/, "") : shown(expression);
}
