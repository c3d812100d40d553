import { createRequire } from "node:module";
import { testCustomers, testTokens } from "@partner-qualifications/mock";
import type { Contract } from "@partner-qualifications/spec/model";
import type { Background, Workflow } from "../background.ts";
import { anchorOf } from "../redoc/contract.ts";
import { blocks, escapeHtml, frontmatter, prose } from "./markdown.ts";

/** Each decision without a source, with a heading to link to. */
export function assumptionsPage({ assumptions }: Background): string {
  const items = Object.entries(assumptions).map(([key, text]) => `## ${key}\n\n${prose(text)}`);
  return blocks(
    frontmatter({
      title: "Assumptions",
      source: "spec/assumptions.yaml",
      description: "The contract's decisions where the sources are silent.",
    }),
    "# Assumptions",
    `Where the sources are silent, the contract makes a decision and marks it. This page lists all ${items.length} decisions. The mock implements them. Rely on them less than on statements with a source.`,
    ...items,
  );
}

/** Both sides of each disagreement, and the side that the contract takes. */
export function contradictionsPage({ contradictions }: Background): string {
  const items = Object.entries(contradictions).map(([key, { matter, one, other, taken }]) =>
    [
      `## ${key}: ${prose(matter)} {#${key.toLowerCase()}}`,
      `<dl class="sides">\n<dt>One side</dt><dd>\n\n${prose(one)}\n\n</dd>\n<dt>The other</dt><dd>\n\n${prose(other)}\n\n</dd>\n<dt>Choice</dt><dd class="taken">\n\n${prose(taken)}\n\n</dd>\n</dl>`,
    ].join("\n\n"),
  );
  return blocks(
    frontmatter({
      title: "Contradictions",
      source: "spec/contradictions.yaml",
      description: "Where the sources contradict each other, and the contract's choice.",
    }),
    "# Contradictions",
    `Microsoft's guides, Swagger file and SDKs and the recorded responses disagree on ${items.length} points. For each point, this page shows both sides and the contract's choice. [Sources](/sources) explains the abbreviations.`,
    ...items,
  );
}

/** The sources, and each fact that was taken from them. */
export function sourcesPage({ sources, facts }: Background): string {
  const groups = Object.entries(sources).map(([key, { title, address, dated, read }]) => {
    const own = Object.entries(facts).filter(([, { source }]) => source === key);
    const rows = own.map(
      ([name, { at, says }]) =>
        `<li id="${name.toLowerCase()}">\n\n\`${name}\` ${prose(says)}.\n\n<div class="grounds">\n\n${prose(at)}\n\n</div>\n\n</li>`,
    );
    return blocks(
      `## ${key}`,
      `${prose(title)}. Dated ${dated}, read ${String(read).slice(0, 10)}. <${address}>`,
      rows.length > 0 && blocks('<ul class="entries">', ...rows, "</ul>"),
    );
  });
  return blocks(
    frontmatter({
      title: "Sources",
      source: "spec/evidence.yaml",
      description: "The facts behind the contract, each with its source.",
    }),
    "# Sources",
    `The contract is based on these ${Object.keys(facts).length} facts. Each has the source and the place in it.`,
    ...groups,
  );
}

/** The customers and tokens with special behavior, from the mock's own tables. */
export function testDataPage(): string {
  return blocks(
    frontmatter({
      title: "Test customers and tokens",
      source: "packages/mock/src/world/test-customers.ts",
      description:
        "Customers and tokens with special behavior in the mock, like a payment provider's test cards.",
      aside: false,
    }),
    "# Test customers and tokens",
    "In the [mock](/guides/testing-with-the-mock), any GUID is a customer without qualifications, and any bearer token works. The GUIDs and tokens on this page have special behavior, like a payment provider's test cards. A running mock lists them at `/_mock/test-customers`.",
    "## Customers",
    [
      "| Customer | Name | Behavior |",
      "| --- | --- | --- |",
      ...testCustomers.map(
        ({ id, companyName = "", summary }) => `| \`${id}\` | ${companyName} | ${summary} |`,
      ),
    ].join("\n"),
    "## Tokens",
    [
      "| Token | Behavior |",
      "| --- | --- |",
      ...testTokens.map(({ token, summary }) => `| \`${token}\` | ${summary} |`),
      "| any other | A valid app+user token |",
    ].join("\n"),
    "If the token is a JWT, the mock evaluates `aud`, `exp`, `idtyp`, `scp` and `roles`, but doesn't verify the signature.",
    "## Validation codes",
    "| Code | Behavior |\n| --- | --- |\n| `12345` | Can still be used |\n| `67890` | Is exhausted |",
  );
}

/** The operations by their tag. */
export function referenceIndex({ tags, operations, version }: Contract): string {
  const groups = tags.map(({ name, description }) => {
    const rows = operations
      .filter(({ tag }) => tag === name)
      .map(
        ({ id, method, path, summary }) =>
          `| [${summary}](/reference/${id}) | \`${method}\` | \`${path}\` |`,
      );
    return blocks(
      `## ${name}`,
      description,
      ["| Operation | Method | Path |", "| --- | --- | --- |", ...rows].join("\n"),
    );
  });
  return blocks(
    frontmatter({
      title: "Reference",
      source: "spec/paths",
      description: "Every operation of the contract.",
      aside: false,
    }),
    "# Reference",
    `Version ${version} of the contract has ${operations.length} operations. Each has a page with tested samples, and an entry in [Redoc](/redoc/){target="_self"}.`,
    "## Use it in your tools",
    [
      "| File | For |",
      "| --- | --- |",
      '| <a href="../openapi.yaml" download>openapi.yaml</a> · <a href="../openapi.json" download>openapi.json</a> | The OpenAPI 3.1 document, for generators and editors. [Every version](/openapi/), [OpenAPI 3.0](/download) |',
      '| <a href="../collections/qualifications.postman.json" download>Postman collection</a> | Postman: _Import_, then choose the file. The variables `baseUrl` and `token` are preset for the mock |',
      '| <a href="../collections/qualifications.bruno.json" download>Bruno collection</a> | Bruno: _Import collection_, _Bruno collection_. Choose the environment _Mock_ |',
      '| <a href="../llms.txt" target="_self">llms.txt</a> | Language models. Each page is also available as Markdown: add `.md` to its address |',
    ].join("\n"),
    "The base URL is `https://api.partnercenter.microsoft.com`, or `https://partner.partnercenterapi.microsoftonline.cn` in China (21Vianet).",
    ...groups,
  );
}

/** The page of Redoc: what it shows while Redoc is not there, and where Redoc has each operation. */
export function redocPage({ operations, version }: Contract): string {
  const anchors = Object.fromEntries(
    operations.map((one) => [`operation/${one.id}`, anchorOf(one)]),
  );
  const rows = operations.map(
    ({ id, method, path, summary }) => `- [${summary}](/reference/${id}) \`${method} ${path}\``,
  );
  return blocks(
    frontmatter({
      title: "API reference",
      source: "spec/openapi.yaml",
      description: `Every operation, parameter and schema of the contract, version ${version}, in Redoc.`,
      layout: "page",
      sidebar: false,
      pageClass: "redoc-page",
    }),
    `<RedocPage :anchors="${escapeHtml(JSON.stringify(anchors))}">`,
    "Redoc requires JavaScript. These pages don't:",
    ...rows,
    "</RedocPage>",
  );
}

function file(name: string, text: string): string {
  return `| <a href="./${name}" download>${name.split("/").at(-1)}</a> | ${text} |`;
}

/** The one that the contract is built with. */
const { version: redoclyVersion } = createRequire(import.meta.url)("@redocly/cli/package.json") as {
  version: string;
};

/** The files of the contract, which the build puts beside the site. */
export function downloadPage(workflows: Workflow[]): string {
  return blocks(
    frontmatter({
      title: "Download",
      source: "spec/workflows",
      description: "The contract as YAML and JSON, and the executable workflows.",
    }),
    "# Download",
    "Download the contract as one self-contained file: OpenAPI 3.1, under the MIT license. See the [changelog](/changelog).",
    [
      "| File | What it is |",
      "| --- | --- |",
      file("openapi.yaml", "The contract"),
      file("openapi.json", "The same as JSON"),
      file("openapi-3.0.yaml", "The contract in OpenAPI 3.0, for tools without support for 3.1"),
      file("openapi-3.0.json", "The same in OpenAPI 3.0 as JSON"),
    ].join("\n"),
    "## Workflows",
    "The flows are Arazzo files that `redocly respect` can run. Save them in a folder `workflows` next to `openapi.yaml`, because they refer to it.",
    [
      "| File | What it does |",
      "| --- | --- |",
      ...workflows.map(({ file: name, summary }) => file(`workflows/${name}`, summary)),
    ].join("\n"),
    "Each workflow has inputs. The values below are for the [mock](/guides/testing-with-the-mock); start it with `--review-time PT3S`, so that a vetting ends within the workflow. For Partner Center, use its base URL, an app+user token, one of your customers, and a new GUID for each request id.",
    ...workflows.map(({ file: name, inputs }) =>
      [
        "```sh",
        `npx @redocly/cli@${redoclyVersion} respect workflows/${name} \\`,
        "  --server qualifications=http://127.0.0.1:4010 \\",
        `  --input '${JSON.stringify(inputs)}'`,
        "```",
      ].join("\n"),
    ),
  );
}
