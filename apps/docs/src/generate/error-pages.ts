import { readFileSync } from "node:fs";
import { testCustomers, testTokens } from "@partner-qualifications/mock";
import { parse } from "yaml";
import type { CatalogEntry, Contract } from "../contract.ts";
import { errorName } from "./error-names.ts";
import { blocks, frontmatter, groundsNote, inlineCode, prose } from "./markdown.ts";

/** What usually leads to an error, and what to do. */
export type Guidance = Record<string, { cause: string; remedy: string }>;

const guidanceFile = new URL("../error-guidance.yaml", import.meta.url);
export const readGuidance = (): Guidance => parse(readFileSync(guidanceFile, "utf8")) as Guidance;

const fixers: Record<CatalogEntry["fixedBy"], string> = {
  developer: "You, in the program that calls",
  partner: "The partner, in Partner Center",
  customer: "The customer",
  microsoft: "Microsoft",
};

const retries: Record<CatalogEntry["retry"], string> = {
  never: "No. The same request gets the same answer.",
  later: "Later, when something outside the request has changed.",
  sameRequestId: "Yes, with the same `MS-RequestId`. The client does so by itself.",
};

/** The page that an error of the client points to. */
export async function errorPage(error: CatalogEntry, contract: Contract, guidance: Guidance) {
  const { code, status, meaning, fixedBy, retry } = error;
  const { cause, remedy } = guidance[code] ?? {};
  const thrown = status && (await errorName(status, code));
  const examples = contract.operations.flatMap(({ responses }) =>
    Object.entries(responses).flatMap(([of, { content = {} }]) =>
      Object.values(content).flatMap(({ examples: own = {} }) =>
        Object.values(own).map(({ value }) => ({ of, value })),
      ),
    ),
  );
  const seen = examples.find(({ value }) => String((value as { code?: unknown })?.code) === code);
  const operations = contract.operations.filter(({ responses }) => String(status) in responses);
  const links = operations.map(
    ({ operationId, summary }) => `[${summary}](/reference/${operationId})`,
  );
  return blocks(
    frontmatter({
      title: `Error ${code}`,
      description: `Partner Center's error ${code}: ${meaning}`,
      pageClass: "error-page",
    }),
    `# Error ${code}`,
    `<p class="lead">${meaning}</p>`,
    facts([
      ["Status", String(status ?? "not known")],
      ["Who can mend it", fixers[fixedBy]],
      ["Send it again?", retries[retry]],
      [
        "In the client",
        `${thrown ? `[\`${thrown}\`](/packages/client#${thrown.toLowerCase()})` : "The class of the answer's status"}, with \`code === "${code}"\``,
      ],
    ]),
    "## Why it happens",
    cause && prose(cause),
    "## What to do",
    remedy && prose(remedy),
    seen &&
      blocks("## What it looks like", `\`\`\`json\n${JSON.stringify(seen.value, null, 2)}\n\`\`\``),
    reproduce(code),
    links.length > 0 &&
      blocks(
        "## Where it can come",
        `No source ties this code to operations. The status ${status} can come from ${links.join(", ")}.`,
      ),
    "## Still stuck?",
    "`error.toSupportBundle()` has what Microsoft's support asks for: identifiers, time and code, and never a token. [How errors are made](/guides/retries-and-idempotency#errors).",
    groundsNote(error),
  );
}

/** Short answers to short questions. */
function facts(pairs: [string, string][]): string {
  const items = pairs.map(([name, text]) => `<dt>${name}</dt>\n<dd>\n\n${text}\n\n</dd>`);
  return `<dl class="facts">\n${items.join("\n")}\n</dl>`;
}

/** How the mock can be made to answer so, where one of its customers or tokens does. */
function reproduce(code: string): string | undefined {
  const customer = testCustomers.find(({ refusal }) => String(refusal?.code) === code);
  const token = { "900329": "app-only", "400": "expired", "900420": "wrong-audience" }[code];
  const known = testTokens.find((one) => one.token === token);
  const way = customer
    ? `the customer ${inlineCode(customer.id)} (${customer.summary.toLowerCase()})`
    : known && `the token ${inlineCode(known.token)}`;
  return (
    way &&
    blocks(
      "## See it happen",
      `The [mock](/guides/testing-with-the-mock) answers so for ${way}. [All of them](/test-data).`,
    )
  );
}

/** All codes, by who can mend them. */
export function errorsIndex({ errors }: Contract): string {
  const rows = errors.map(
    ({ code, status, meaning, fixedBy, retry }) =>
      `| [${code}](/errors/${code}) | ${status ?? ""} | ${meaning} | ${fixedBy} | ${retry === "sameRequestId" ? "yes" : retry} |`,
  );
  return blocks(
    frontmatter({
      title: "Error codes",
      description: "Every error code of Partner Center that can come with qualifications.",
      aside: false,
    }),
    "# Error codes",
    "Every code that can come with qualifications, from the contract's catalogue. The client's errors carry the address of the page: create it with `docsBase`, and `error.docs` leads here. A `code` that is not in the list may still come, since the set grows; then go by the [status](/guides/retries-and-idempotency#errors).",
    [
      "| Code | Status | Meaning | Mended by | Again? |",
      "| --- | --- | --- | --- | --- |",
      ...rows,
    ].join("\n"),
  );
}
