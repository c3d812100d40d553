import {
  type Contract,
  groundsOf,
  type Header,
  type Operation,
  type Response,
} from "@partner-qualifications/spec/model";
import type { Background } from "../background.ts";
import { blocks, escapeHtml, frontmatter, groundsNote, inlineCode, prose } from "./markdown.ts";
import { languages, sampleRequest, snippet } from "./request-samples.ts";
import { entry, list, members, typeOf } from "./schema.ts";

/** The plain page of one operation: everything the contract says of it, and samples that run. */
export function operationPage(operation: Operation, contract: Contract, background: Background) {
  const { id, method, path, summary, description, deprecated } = operation;
  const success = Object.entries(operation.responses).find(([status]) => status.startsWith("2"));
  const sections = [
    authentication(operation),
    parameters(operation, contract),
    body(operation, contract),
    success && successSection(success[0], success[1], contract),
    errors(operation, contract),
    retrying(operation),
  ];
  return blocks(
    frontmatter({
      title: summary,
      description: `${method} ${path}: ${firstSentence(description)}`,
      aside: false,
      pageClass: "operation",
      source: "spec/paths",
    }),
    `# ${summary}`,
    `<p class="endpoint"><span class="method ${method.toLowerCase()}">${method}</span> <code>${escapeHtml(path)}</code></p>`,
    outline(sections),
    deprecated &&
      "::: warning Retired\nMicrosoft replaced this call in 2021. [How to move](/guides/moving-from-the-synchronous-api).\n:::",
    '<div class="split">\n<div class="intro">',
    prose(description),
    `[View in Redoc](/redoc/#operation/${id}){target="_self"}`,
    '</div>\n<div class="beside">',
    beside(operation, contract, success),
    '</div>\n<div class="prose">',
    ...sections,
    origin(operation, background),
    "</div>\n</div>",
  );
}

/** The sections of the page, in one line that is there before any script. */
function outline(sections: (string | false | undefined)[]): string {
  const names = sections.flatMap((text) => (text && /^## (.+)$/m.exec(text)?.[1]) || []);
  const links = [...names, "Sources"].map(
    (name) => `<a href="#${name.toLowerCase().replaceAll(" ", "-")}">${name}</a>`,
  );
  return `<nav class="sections" aria-label="On this page">${links.join(" ")}</nav>`;
}

function firstSentence(text: string): string {
  return (/^.*?\.(?=\s|$)/s.exec(text)?.[0] ?? text).replaceAll("\n", " ");
}

/** What stands beside the text: the request, as code or as a form, and the response to it. */
function beside(
  operation: Operation,
  contract: Contract,
  success: [string, Response] | undefined,
): string {
  const request = sampleRequest(operation, contract);
  // The form begins with what the sample sends.
  const call = {
    ...request,
    parameters: request.parameters.map((one) => ({
      ...one,
      value: one.required ? one.value : "",
      hint: one.value,
    })),
  };
  const file = `@/../samples/operations/${operation.id}`;
  const generated = languages.map(
    (language) =>
      `\`\`\`${language.fence} [${language.name}]\n${snippet(request, language)}\n\`\`\``,
  );
  return blocks(
    `<TryIt :call="${escapeHtml(JSON.stringify(call))}">`,
    "<template v-slot:request>",
    "::: code-group",
    `<<< ${file}.sh [curl]`,
    `<<< ${file}.ts [TypeScript]`,
    ...generated,
    ":::",
    "</template>",
    "<template v-slot:response>",
    success && sampleResponse(...success),
    "</template>",
    "</TryIt>",
  );
}

function sampleResponse(status: string, { content }: Response): string {
  const examples = Object.values(content).flatMap(({ examples: own }) => Object.values(own));
  const tabs = examples.map(
    ({ summary, value }) =>
      `\`\`\`json [${summary ?? status}]\n${JSON.stringify(value, null, 2)}\n\`\`\``,
  );
  return blocks(
    `<p class="label">Sample response, ${status}</p>`,
    "::: code-group",
    ...tabs,
    ":::",
  );
}

function authentication({ security }: Operation): string {
  const names: Record<string, string> = {
    appUser: "app+user (an application and a signed-in user)",
    appOnly: "app-only (the application alone)",
  };
  const kinds = security.flatMap(({ name }) => names[name] ?? []);
  return blocks(
    "## Token",
    `\`Authorization: Bearer …\` with a token of this kind: ${kinds.join(", or ")}. [How to get one](/guides/authentication).`,
  );
}

function parameters({ parameters: all }: Operation, contract: Contract): string {
  const places = { path: "In the path", query: "In the query", header: "As headers" } as const;
  const lists = (["path", "query", "header"] as const).map((place) => {
    const here = all.filter((parameter) => parameter.in === place);
    const entries = here.map((parameter) =>
      headerEntry(parameter, `parameter-${parameter.name}`, contract),
    );
    if (entries.length === 0) return false;
    // The identifiers matter to everybody; the rest of the headers to few.
    if (place !== "header") return blocks(`### ${places[place]}`, list(entries));
    return blocks(
      `### ${places[place]}`,
      list(entries.filter(isCommon)),
      "<details>",
      `<summary>${entries.filter((item) => !isCommon(item)).length} rarely used headers</summary>`,
      list(entries.filter((item) => !isCommon(item))),
      "</details>",
    );
  });
  return blocks("## Parameters", ...lists);
}

function isCommon(item: string): boolean {
  return /^<li id="parameter-MS-(RequestId|CorrelationId)"/.test(item);
}

/** A parameter or header; its schema has the grounds of both. */
function headerEntry(header: Header, id: string, { expand }: Contract): string {
  const { name, required, description, evidence, assumptions } = header;
  const schema = expand(header.schema);
  const own = groundsOf(schema);
  const grounds = {
    "x-evidence": [...evidence, ...own.evidence],
    "x-assumption": [...assumptions, ...own.assumptions],
  };
  return entry(name, { ...schema, ...grounds }, { id, required, description });
}

function body({ body: requestBody }: Operation, { expand }: Contract): string | undefined {
  const [[mediaType, content] = []] = Object.entries(requestBody?.content ?? {});
  if (!requestBody || !content) return undefined;
  const schema = expand(content.schema);
  return blocks(
    "## Body",
    `${inlineCode(mediaType)}, ${typeOf(schema)}. ${String(schema.description ?? requestBody.description)}`,
    groundsNote(requestBody),
    members(schema, "body"),
  );
}

function successSection(status: string, response: Response, contract: Contract): string {
  const [[mediaType, content] = []] = Object.entries(response.content);
  const schema = content && contract.expand(content.schema);
  const headers = Object.values(response.headers).map((header) =>
    headerEntry(header, `header-${header.name}`, contract),
  );
  return blocks(
    "## Response",
    `**${status}** ${mediaType ? `${inlineCode(mediaType)}, ${typeOf(schema ?? {})}. ` : ""}${response.description}`,
    groundsNote(response),
    schema && members(schema, "response"),
    "<details>",
    `<summary>${headers.length} response headers</summary>`,
    list(headers),
    "</details>",
  );
}

/** Those that a program meets; the others come from a wrong program or a failing gateway. */
const usual = new Set(["400", "401", "403", "404", "409", "429"]);

function errors({ responses }: Operation, { errors: catalog }: Contract): string {
  const all = Object.entries(responses).filter(([status]) => !status.startsWith("2"));
  const row = ([status, response]: [string, Response]) => {
    const examples = Object.values(response.content).flatMap(({ examples: own }) =>
      Object.values(own),
    );
    const shown = examples.map(({ value }) => (value as { code?: unknown } | null)?.code);
    const listed = catalog.filter((one) => String(one.status) === status).map(({ code }) => code);
    const codes = new Set([...shown.filter((code) => code !== undefined).map(String), ...listed]);
    const links = [...codes].map((code) => `[${code}](/errors/${code})`).join(" ");
    return blocks(
      `<li id="error-${status}">`,
      `**${status}** ${prose(response.description)}`,
      links && `Codes: ${links}`,
      groundsNote(response),
      "</li>",
    );
  };
  const rare = all.filter(([status]) => !usual.has(status));
  return blocks(
    "## Errors",
    "The [error catalog](/errors/) explains each code and who can fix it.",
    list(all.filter(([status]) => usual.has(status)).map(row)),
    rare.length > 0 &&
      blocks(
        "<details>",
        `<summary>Rare: ${rare.map(([status]) => status).join(", ")}</summary>`,
        list(rare.map(row)),
        "</details>",
      ),
  );
}

function retrying({ retry, idempotencyHeader }: Operation): string | undefined {
  if (!retry) return undefined;
  const { statuses, noAnswer, maxAttempts, initialMs, maxMs, factor } = retry;
  return blocks(
    "## Retries",
    `Retry after ${statuses.join(", ")}${noAnswer ? " or a lost response" : ""}, with up to ${maxAttempts} attempts. Wait up to ${initialMs / 1000} s before the first retry and ${factor} times as long before each further one, up to ${maxMs / 1000} s, with jitter. A longer \`Retry-After\` takes precedence.${idempotencyHeader ? ` Keep \`${idempotencyHeader}\` the same on all attempts of one call.` : ""} [Why](/guides/retries-and-idempotency).`,
  );
}

function origin(operation: Operation, { facts, sources, contradictions, assumptions }: Background) {
  const rows = operation.evidence.map((key) => {
    const fact = facts[key];
    const disputed = contradictions[key];
    if (fact)
      return `- [${key}](/sources#${key.toLowerCase()}): ${prose(fact.says)}. (${prose(`${sources[fact.source]?.title}; ${fact.at}`)})`;
    return `- [${key}](/contradictions#${key.toLowerCase()}), sources disagree on: ${prose(`${disputed?.matter}. Choice: ${disputed?.taken}.`)}`;
  });
  const taken = operation.assumptions.map(
    (key) =>
      `- [${key}](/assumptions#${key.toLowerCase()}), assumed: ${prose(assumptions[key] ?? "")}`,
  );
  const count = operation.evidence.length + operation.assumptions.length;
  return blocks(
    '<details class="origin" id="sources">',
    `<summary>Sources: ${count}</summary>`,
    [...rows, ...taken].join("\n"),
    "</details>",
  );
}
