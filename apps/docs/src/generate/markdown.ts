import type { Grounds } from "@partner-qualifications/spec/model";
import { html } from "hono/html";

/** Text for a place where markup would be read as markup, for instance an attribute. */
export function escapeHtml(text: string): string {
  return String(html`${text}`);
}

/** Escapes prose that may have code in backticks, but no markup. */
export function prose(text: string): string {
  const parts = text.trim().split(/(`[^`]*`)/);
  return parts.map((part) => (part.startsWith("`") ? part : part.replaceAll("<", "&lt;"))).join("");
}

/** A value as code inside a line. */
export function inlineCode(value: unknown): string {
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

/** The head of a page; the values are written as JSON, which YAML reads. */
export function frontmatter(fields: Record<string, unknown>): string {
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return ["---", ...lines, "---"].join("\n");
}

/** The blocks that are there, with an empty line between each two. */
export function blocks(...parts: (string | false | undefined)[]): string {
  return parts.filter(Boolean).join("\n\n");
}

function isContradiction(key: string): boolean {
  return /^C\d/.test(key);
}

/** Where a statement comes from, folded into "Sources: 3"; nothing when it names no source. */
export function groundsNote({ evidence, assumptions }: Grounds) {
  const facts = evidence.filter((key) => !isContradiction(key));
  const lists = [
    ["Source", facts, "/sources"],
    ["Sources disagree", evidence.filter(isContradiction), "/contradictions"],
    ["Assumption", assumptions, "/assumptions"],
  ] as const;
  const links = lists
    .filter(([, keys]) => keys.length > 0)
    .map(([label, keys, page]) => {
      const each = keys.map((key) => `[${key}](${page}#${key.toLowerCase()})`);
      return `${label}: ${each.join(", ")}`;
    });
  const count = new Set([...evidence, ...assumptions]).size;
  return (
    count > 0 &&
    `<details class="grounds">\n<summary>Sources: ${count}</summary>\n\n${links.join(" · ")}\n\n</details>`
  );
}
