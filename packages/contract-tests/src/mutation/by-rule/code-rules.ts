import type { BinaryExpression, IfStatement, Literal, LogicalExpression, Node } from "acorn";
import { ancestor, simple } from "acorn-walk";
import { type Built, type Site, textOf } from "./program.ts";

/** Finds every place in a built file where a kind of defect can be planted. */
export type Rule = (built: Built) => Site[];

/** A member of an object, as far as its name goes. */
interface Key {
  key: Node & { value?: unknown; name?: string };
  computed: boolean;
  shorthand: boolean;
}

const otherComparison: Record<string, string> = {
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "===": "!==",
  "!==": "===",
};

/** Every comparison is off by one, or the other way round. */
export const comparisons: Rule = (built) => {
  const sites: Site[] = [];
  simple(built.program, {
    BinaryExpression(node: BinaryExpression) {
      const other = otherComparison[node.operator];
      if (!other) return;
      const [left, right] = [node.left.end, node.right.start];
      const between = built.text.slice(left, right);
      sites.push({
        start: left,
        end: right,
        replacement: between.replace(node.operator, other),
        defect: `${node.operator} is ${other} in ${short(textOf(built, node))}`,
      });
    },
  });
  return sites;
};

/** Every && is || and the other way round. */
export const connectives: Rule = (built) => {
  const sites: Site[] = [];
  simple(built.program, {
    LogicalExpression(node: LogicalExpression) {
      if (node.operator === "??") return;
      const other = node.operator === "&&" ? "||" : "&&";
      // In brackets, since one binds more tightly than the other.
      sites.push({
        start: node.start,
        end: node.end,
        replacement: `((${textOf(built, node.left)}) ${other} (${textOf(built, node.right)}))`,
        defect: `${node.operator} is ${other} in ${short(textOf(built, node))}`,
      });
    },
  });
  return sites;
};

/** Every guard is forgotten: an `if` that only returns or throws. */
export const guards: Rule = (built) => {
  const sites: Site[] = [];
  simple(built.program, {
    IfStatement({ test, consequent, alternate }: IfStatement) {
      const [only] = consequent.type === "BlockStatement" ? consequent.body : [consequent];
      if (alternate || !/^(Return|Throw)Statement$/.test(only?.type ?? "")) return;
      sites.push({
        start: test.start,
        end: test.end,
        replacement: "false",
        defect: `forgotten: if (${short(textOf(built, test))})`,
      });
    },
  });
  return sites;
};

/** What a status is taken for: another that is documented beside it, where there is one. */
const otherStatus: Record<number, number> = {
  200: 201,
  201: 200,
  400: 404,
  401: 403,
  403: 404,
  404: 400,
  409: 400,
  415: 400,
  429: 503,
};

/** Every status is another. */
export const statuses: Rule = (built) => {
  const sites: Site[] = [];
  simple(built.program, {
    Literal({ value, start, end }: Literal) {
      if (typeof value !== "number" || !isStatus(value)) return;
      const other = otherStatus[value] ?? value + 1;
      const defect = `the status ${value} is ${other}`;
      sites.push({ start, end, replacement: String(other), defect });
    },
    // Of an object by status the keys are statuses too; a walk over expressions leaves keys out.
    Property({ key, computed }: Key) {
      if (computed || key.type !== "Literal" || !isStatus(Number(key.value))) return;
      const other = otherStatus[Number(key.value)] ?? Number(key.value) + 1;
      const defect = `the status ${String(key.value)} is ${other}`;
      sites.push({ start: key.start, end: key.end, replacement: String(other), defect });
    },
  });
  return sites;
};

function isStatus(value: number): boolean {
  return Number.isInteger(value) && value >= 200 && value < 600;
}

/** Every number that is no status is one more. */
export const numbers: Rule = (built) => {
  const sites: Site[] = [];
  ancestor(built.program, {
    Literal({ value, start, end }: Literal, _: unknown, ancestors: Node[]) {
      if (typeof value !== "number" || isStatus(value)) return;
      // `void 0` is how undefined is built, and so is `void 1`.
      const above = ancestors.at(-2) as { type?: string; operator?: string } | undefined;
      if (above?.type === "UnaryExpression" && above.operator === "void") return;
      const replacement = String(value + 1);
      sites.push({ start, end, replacement, defect: `${value} is ${replacement}` });
    },
  });
  return sites;
};

/**
 * Every header is lost: its name is another.
 *
 * @param names In lower case.
 */
export function headers(names: Set<string>): Rule {
  return (built) => {
    const sites: Site[] = [];
    const lose = (name: unknown, { start, end }: { start: number; end: number }) => {
      if (typeof name !== "string" || !names.has(name.toLowerCase())) return;
      const replacement = JSON.stringify(`x-lost-${name}`);
      sites.push({ start, end, replacement, defect: `the header ${name} is lost` });
    };
    ancestor(built.program, {
      Literal(node: Literal, _: unknown, ancestors: { type: string }[]) {
        // A list of names says which may be shown, and sends none.
        if (ancestors.at(-2)?.type !== "ArrayExpression") lose(node.value, node);
      },
      Property({ key, computed, shorthand }: Key) {
        if (computed || shorthand) return;
        if (key.type === "Literal") lose(key.value, key);
        if (key.type === "Identifier") lose(key.name, key);
      },
    });
    return sites;
  };
}

function short(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
