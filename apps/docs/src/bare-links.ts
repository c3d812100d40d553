import type { MarkdownOptions } from "vitepress";

type Markdown = Parameters<NonNullable<MarkdownOptions["config"]>>[0];
type CoreRule = Parameters<Markdown["core"]["ruler"]["push"]>[1];

/** Marks links whose text is their address: printing the address after them would say it twice. */
export const markBareLinks: CoreRule = ({ tokens }) => {
  for (const { children } of tokens) {
    for (const token of children ?? []) {
      if (token.type === "link_open" && token.markup) token.attrJoin("class", "bare");
    }
  }
};
