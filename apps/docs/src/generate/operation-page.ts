import type { Background, Contract, Grounds, Operation, Response, Schema } from "../contract.ts";
import { blocks, escapeHtml, frontmatter, groundsNote, inlineCode, prose } from "./markdown.ts";
import { entry, list, members, typeOf } from "./schema.ts";

/** The plain page of one operation: everything the contract says of it, and samples that run. */
export function operationPage(operation: Operation, contract: Contract, background: Background) {
  const { operationId, method, path, summary, description, deprecated } = operation;
  const success = Object.entries(operation.responses).find(([status]) => status.startsWith("2"));
  return blocks(
    frontmatter({
      title: summary,
      description: `${method} ${path}: ${firstSentence(description)}`,
      aside: false,
      pageClass: "operation",
    }),
    `# ${summary}`,
    `<p class="endpoint"><span class="method ${method.toLowerCase()}">${method}</span> <code>${escapeHtml(path)}</code></p>`,
    deprecated &&
      "::: warning Retired\nMicrosoft replaced this call in 2021. [How to move](/guides/moving-from-the-synchronous-api).\n:::",
    '<div class="split">\n<div class="intro">',
    prose(description),
    `[The same in Redoc](/redoc/#operation/${operationId}){target="_self"}`,
    '</div>\n<div class="beside">',
    samples(operationId),
    success && answers(success[0], success[1]),
    tryIt(operation),
    '</div>\n<div class="prose">',
    authentication(operation),
    parameters(operation),
    body(operation),
    success && successSection(success[0], success[1]),
    errors(operation, contract),
    retrying(operation),
    origin(operation, background),
    "</div>\n</div>",
  );
}

function firstSentence(text: string): string {
  return (/^.*?\.(?=\s|$)/s.exec(text)?.[0] ?? text).replaceAll("\n", " ");
}

function samples(operationId: string): string {
  const file = `@/../samples/operations/${operationId}`;
  return ["::: code-group", `<<< ${file}.sh [curl]`, `<<< ${file}.ts [TypeScript]`, ":::"].join(
    "\n\n",
  );
}

function answers(status: string, { content = {} }: Response): string {
  const examples = Object.values(content).flatMap(({ examples: own = {} }) => Object.values(own));
  const tabs = examples.map(
    ({ summary, value }) =>
      `\`\`\`json [${summary ?? status}]\n${JSON.stringify(value, null, 2)}\n\`\`\``,
  );
  return blocks(`<p class="label">Answer, ${status}</p>`, "::: code-group", ...tabs, ":::");
}

function tryIt({ method, path, parameters: all, requestBody }: Operation): string {
  const offered = all
    .filter(({ in: place }) => place !== "header")
    .map(({ name, in: place, required, example, schema }) => ({
      name,
      in: place,
      value: required ? (example ?? schema.example ?? "") : "",
      hint: String(example ?? schema.example ?? ""),
    }));
  const [content] = Object.values(requestBody?.content ?? {});
  const [sample] = Object.values(content?.examples ?? {});
  const call = {
    method,
    path,
    parameters: offered,
    body: sample && JSON.stringify(sample.value, null, 2),
  };
  return `<TryIt :call="${escapeHtml(JSON.stringify(call))}" />`;
}

function authentication({ security }: Operation): string {
  const names: Record<string, string> = {
    appUser: "app+user (an application and a signed-in user)",
    appOnly: "app-only (the application alone)",
  };
  const kinds = security.flatMap((one) => Object.keys(one)).flatMap((key) => names[key] ?? []);
  return blocks(
    "## Token",
    `\`Authorization: Bearer …\` with a token that is ${kinds.join(", or ")}. [How to get one](/guides/authentication).`,
  );
}

function parameters({ parameters: all }: Operation): string {
  const places = { path: "In the path", query: "In the query", header: "As headers" } as const;
  const lists = (["path", "query", "header"] as const).map((place) => {
    const here = all.filter((parameter) => parameter.in === place);
    const entries = here.map((parameter) => {
      const { name, required = false, description, schema } = parameter;
      return entry(name, withGrounds(schema, parameter), {
        id: `parameter-${name}`,
        required,
        description,
      });
    });
    if (entries.length === 0) return false;
    // The identifiers matter to everybody; the rest of the headers to few.
    if (place !== "header") return blocks(`### ${places[place]}`, list(entries));
    return blocks(
      `### ${places[place]}`,
      list(entries.filter(isCommon)),
      "<details>",
      "<summary>Headers that are seldom needed</summary>",
      list(entries.filter((item) => !isCommon(item))),
      "</details>",
    );
  });
  return blocks("## Parameters", ...lists);
}

function isCommon(item: string): boolean {
  return /^<li id="parameter-MS-(RequestId|CorrelationId)"/.test(item);
}

/** A schema with the grounds of the parameter or header that it belongs to. */
function withGrounds(schema: Schema, of: Grounds): Schema {
  const evidence = [...(of["x-evidence"] ?? []), ...(schema["x-evidence"] ?? [])];
  const assumption = [...(of["x-assumption"] ?? []), ...(schema["x-assumption"] ?? [])];
  return { ...schema, "x-evidence": evidence, "x-assumption": assumption };
}

function body({ requestBody }: Operation): string | undefined {
  const [[mediaType, content] = []] = Object.entries(requestBody?.content ?? {});
  if (!requestBody || !content) return undefined;
  return blocks(
    "## Body",
    `${inlineCode(mediaType)}, ${typeOf(content.schema)}. ${content.schema.description ?? requestBody.description ?? ""}`,
    groundsNote(requestBody),
    members(content.schema, "body"),
  );
}

function successSection(status: string, response: Response): string {
  const [[mediaType, content] = []] = Object.entries(response.content ?? {});
  const headers = Object.entries(response.headers ?? {}).map(([name, header]) =>
    entry(name, withGrounds(header.schema, header), {
      id: `header-${name}`,
      required: header.required ?? false,
      description: header.description,
    }),
  );
  return blocks(
    "## Answer",
    `**${status}** ${mediaType ? `${inlineCode(mediaType)}, ${typeOf(content?.schema ?? {})}. ` : ""}${response.description}`,
    groundsNote(response),
    content && members(content.schema, "answer"),
    "<details>",
    "<summary>Headers of the answer</summary>",
    list(headers),
    "</details>",
  );
}

function errors({ responses }: Operation, { errors: catalog }: Contract): string {
  const rows = Object.entries(responses)
    .filter(([status]) => !status.startsWith("2"))
    .map(([status, response]) => {
      const examples = Object.values(response.content ?? {}).flatMap(({ examples: own = {} }) =>
        Object.values(own),
      );
      const shown = examples.map(({ value }) => (value as { code?: unknown } | null)?.code);
      const listed = catalog.filter((one) => String(one.status) === status).map(({ code }) => code);
      const codes = [
        ...new Set([...shown.filter((code) => code !== undefined).map(String), ...listed]),
      ];
      const links = codes.map((code) => `[${code}](/errors/${code})`).join(" ");
      const note = groundsNote(response);
      return blocks(
        `<li id="error-${status}">`,
        `**${status}** ${prose(response.description)}`,
        links && `Codes of this status: ${links}`,
        note,
        "</li>",
      );
    });
  return blocks(
    "## Errors",
    "What each code means and who can mend it: [the catalogue](/errors/).",
    '<ul class="entries">',
    ...rows,
    "</ul>",
  );
}

function retrying({
  "x-retry": retry,
  "x-idempotency": idempotency,
}: Operation): string | undefined {
  if (!retry) return undefined;
  const { statuses, noAnswer, maxAttempts, backoff } = retry;
  return blocks(
    "## Sending it again",
    `After ${statuses.join(", ")}${noAnswer ? " or no answer at all" : ""}: up to ${maxAttempts} attempts, the first wait up to ${inWords(backoff.initial)}, each next ${backoff.factor} times that, at most ${inWords(backoff.max)}, with jitter. A \`Retry-After\` wins.${idempotency ? ` Keep \`${idempotency.header}\` the same on all attempts of one call.` : ""} [Why](/guides/retries-and-idempotency).`,
  );
}

function inWords(duration: string): string {
  const [, seconds] = /^PT([\d.]+)S$/.exec(duration) ?? [];
  return seconds ? `${seconds} s` : duration;
}

function origin(operation: Operation, { facts, sources, contradictions, assumptions }: Background) {
  const rows = (operation["x-evidence"] ?? []).map((key) => {
    const fact = facts[key];
    const disputed = contradictions[key];
    if (fact)
      return `- [${key}](/sources#${key.toLowerCase()}): ${prose(fact.says)}. (${prose(`${sources[fact.source]?.title}; ${fact.at}`)})`;
    return `- [${key}](/contradictions#${key.toLowerCase()}), sources disagree on: ${prose(`${disputed?.matter}. Taken: ${disputed?.taken}.`)}`;
  });
  const taken = (operation["x-assumption"] ?? []).map(
    (key) =>
      `- [${key}](/assumptions#${key.toLowerCase()}), assumed: ${prose(assumptions[key] ?? "")}`,
  );
  return blocks("## Where this is from", [...rows, ...taken].join("\n"));
}
