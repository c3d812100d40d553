import { createCssVariablesTheme } from "shiki/core";
import type { MarkdownOptions } from "vitepress";

type Transformer = NonNullable<MarkdownOptions["codeTransformers"]>[number];

/** Writes classes where Shiki writes style attributes, which a strict policy refuses. */
const classes: Transformer = {
  name: "classes-for-styles",
  pre(pre) {
    delete pre.properties.style;
  },
  span(span) {
    const [, kind] = /--shiki-token-([\w-]+)/.exec(String(span.properties.style ?? "")) ?? [];
    delete span.properties.style;
    if (kind) span.properties.class = `tok-${kind}`;
  },
};

/** Highlighted code in the colours of the style sheet's `.tok-…` classes. */
export const highlighting: MarkdownOptions = {
  theme: createCssVariablesTheme({ name: "classes", variablePrefix: "--shiki-" }),
  codeTransformers: [classes],
};
