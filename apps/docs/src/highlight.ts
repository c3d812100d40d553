import { createCssVariablesTheme } from "shiki/core";
import type { MarkdownOptions } from "vitepress";

type Transformer = NonNullable<MarkdownOptions["codeTransformers"]>[number];

type Span = Parameters<NonNullable<Transformer["span"]>>[0];
type Part = Span["children"][number];

/** The kinds that have a colour, by what Shiki calls them. */
const kinds: Record<string, string> = {
  keyword: "keyword",
  string: "string",
  "string-expression": "string",
  link: "string",
  function: "function",
  constant: "constant",
  parameter: "constant",
  comment: "comment",
};

/**
 * Writes classes where Shiki writes style attributes, which a strict policy refuses; and no more
 * elements than there are colours in a row, since each is one more to lay out.
 */
const classes: Transformer = {
  name: "classes-for-styles",
  pre(pre) {
    delete pre.properties.style;
  },
  span(span) {
    const [, token = ""] = /--shiki-token-([\w-]+)/.exec(String(span.properties.style ?? "")) ?? [];
    delete span.properties.style;
    const kind = kinds[token];
    if (kind) span.properties.class = `tok-${kind}`;
  },
  line(line) {
    const merged: Part[] = [];
    for (const part of line.children.flatMap(withoutBareSpan)) {
      const last = merged.at(-1);
      if (last?.type === "text" && part.type === "text") {
        last.value += part.value;
      } else if (kindOf(last) !== undefined && kindOf(last) === kindOf(part)) {
        (last as Span).children.push(...(part as Span).children);
      } else merged.push(part);
    }
    line.children = merged;
  },
};

function kindOf(part: Part | undefined): unknown {
  return part?.type === "element" ? part.properties.class : undefined;
}

function withoutBareSpan(part: Part): Part[] {
  return part.type === "element" && kindOf(part) === undefined ? part.children : [part];
}

/** Highlighted code in the colours of the style sheet's `.tok-…` classes. */
export const highlighting: MarkdownOptions = {
  theme: createCssVariablesTheme({ name: "classes", variablePrefix: "--shiki-" }),
  codeTransformers: [classes],
};
