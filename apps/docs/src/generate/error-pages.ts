import { createQualificationsClient, PartnerCenterError } from "@partner-qualifications/client";
import type { Contract, ErrorCode } from "@partner-qualifications/spec/model";
import { blocks, frontmatter, groundsNote, inlineCode, prose } from "./markdown.ts";

const fixers: Record<ErrorCode["fixedBy"], string> = {
  developer: "You, in your program",
  partner: "The partner, in Partner Center",
  customer: "The customer",
  microsoft: "Microsoft",
};

const retries: Record<ErrorCode["retry"], string> = {
  never: "No. The same request fails again.",
  later: "Later, after the cause outside the request has changed.",
  sameRequestId: "Yes, with the same `MS-RequestId`. The client retries automatically.",
};

/**
 * Returns the name of the client's error for a response, for instance `PermissionError`, by giving the client that
 * response.
 */
async function errorName(status: number, code: string): Promise<string> {
  const { qualifications } = createQualificationsClient({
    credential: () => "any",
    retry: { maxAttempts: 1 },
    fetch: async () => Response.json({ code, description: "" }, { status }),
  });
  const error: unknown = await qualifications
    .list("11111111-2222-3333-4444-555555555555")
    .catch((reason: unknown) => reason);
  if (error instanceof PartnerCenterError) return error.name;
  throw new Error(`The client accepted a ${status} as a success: ${String(error)}`);
}

/** The meaning of a code in a few words, for lists. */
export function shortMeaning({ meaning }: ErrorCode): string {
  const [clause = ""] = /^[^.:;(]+/.exec(meaning) ?? [];
  const [words = ""] = /^.{0,54}(?=\s|$)/.exec(clause.trim()) ?? [];
  return words.length < clause.trim().length ? `${words.replace(/,$/, "")} …` : words;
}

/** The page that an error of the client points to. */
export async function errorPage(error: ErrorCode, contract: Contract) {
  const { code, status, meaning, cause, fixedBy, whatToDo, retry } = error;
  const thrown = status && (await errorName(status, code));
  const examples = contract.operations.flatMap(({ responses }) =>
    Object.entries(responses).flatMap(([of, { content }]) =>
      Object.values(content).flatMap(({ examples: own }) =>
        Object.values(own).map(({ value }) => ({ of, value })),
      ),
    ),
  );
  const seen = examples.find(({ value }) => String((value as { code?: unknown })?.code) === code);
  const operations = contract.operations.filter(({ responses }) => String(status) in responses);
  const links = operations.map(({ id, summary }) => `[${summary}](/reference/${id})`);
  return blocks(
    frontmatter({
      title: `Error ${code}: ${shortMeaning(error)}`,
      description: `Partner Center's error ${code}: ${meaning}`,
      pageClass: "error-page",
      source: "spec/errors.yaml",
    }),
    `# Error ${code}`,
    `<p class="lead">${meaning}</p>`,
    facts([
      ["Status", String(status ?? "unknown")],
      ["Who can fix it", fixers[fixedBy]],
      ["Retry?", retries[retry]],
      [
        "In the client",
        `${thrown ? `[\`${thrown}\`](/packages/client/classes/${thrown})` : "The class for the response's status"}, with \`code === "${code}"\``,
      ],
    ]),
    "## Why it happens",
    prose(cause),
    "## What to do",
    prose(whatToDo),
    seen && blocks("## Example", `\`\`\`json\n${JSON.stringify(seen.value, null, 2)}\n\`\`\``),
    reproduction(error),
    links.length > 0 &&
      blocks(
        "## Where it can occur",
        `No source relates this code to specific operations. These operations can return status ${status}: ${links.join(", ")}.`,
      ),
    "## Still stuck?",
    "`error.toSupportBundle()` returns the details that Microsoft support asks for (identifiers, time and code), without tokens. See [Errors](/guides/retries-and-idempotency#errors).",
    groundsNote(error),
  );
}

/** Short answers to short questions. */
function facts(pairs: [string, string][]): string {
  const items = pairs.map(([name, text]) => `<dt>${name}</dt>\n<dd>\n\n${text}\n\n</dd>`);
  return `<dl class="facts">\n${items.join("\n")}\n</dl>`;
}

/** What makes the mock return the code, where something does. */
function reproduction({ reproduce = {} }: ErrorCode): string | undefined {
  const { customer, token, validationCode } = reproduce;
  const way =
    (customer && `the customer id ${inlineCode(customer)}`) ??
    (token && `the token ${inlineCode(token)}`) ??
    (validationCode && `the validation code ${inlineCode(validationCode)}`);
  return (
    way &&
    blocks(
      "## Reproduce it",
      `The [mock](/guides/testing-with-the-mock) returns this error when you request a qualification with ${way}. [All test data](/test-data).`,
    )
  );
}

/** All codes, by number. */
export function errorsIndex({ errors }: Contract): string {
  const rows = errors.map(
    ({ code, status, meaning, fixedBy, retry }) =>
      `| [${code}](/errors/${code}) | ${status ?? ""} | ${meaning} | ${fixedBy === "microsoft" ? "Microsoft" : fixedBy} | ${retry === "sameRequestId" ? "yes" : retry} |`,
  );
  return blocks(
    frontmatter({
      title: "Error codes",
      source: "spec/errors.yaml",
      description: "Every Partner Center error code that a qualifications call can return.",
      aside: false,
    }),
    "# Error codes",
    "This page lists every error code in the contract's catalog. If you create the client with `docsBase`, `error.docs` links to the code's page. Microsoft may add codes; handle a code that is not listed here by its [status](/guides/retries-and-idempotency#errors).",
    [
      "| Code | Status | Meaning | Fixed by | Retry? |",
      "| --- | --- | --- | --- | --- |",
      ...rows,
    ].join("\n"),
  );
}
