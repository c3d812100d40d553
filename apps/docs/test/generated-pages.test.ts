import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import {
  contract,
  document,
  type JsonObject,
  readContract,
} from "@partner-qualifications/spec/model";
import { expect, test } from "vitest";
import { readBackground } from "../src/background.ts";
import { escapeHtml } from "../src/generate/markdown.ts";
import { generatedPages } from "../src/generate/write-pages.ts";
import { addresses, readPage } from "./site.ts";

const background = readBackground();
const pages = await generatedPages();

interface Components {
  schemas: { CustomerQualification: { properties: object } };
}

/** A copy of the contract with something changed in it. */
async function pagesOf(change: (components: Components) => void) {
  const copy = structuredClone(document) as JsonObject & { components: unknown };
  change(copy.components as Components);
  return generatedPages(readContract(copy));
}

test("try it sends the body of the sample beside it", async () => {
  const writing = contract.operations.filter((one) => one.body && !one.deprecated);
  expect(writing.length).toBeGreaterThan(0);
  for (const { id } of writing) {
    const sample = new URL(`../samples/operations/${id}.sh`, import.meta.url);
    const [, sent = ""] = /-d '([^']+)'/.exec(await readFile(sample, "utf8")) ?? [];
    const body = JSON.stringify(JSON.parse(sent), null, 2);
    expect(pages.get(`reference/${id}.md`)).toContain(escapeHtml(`"text":${JSON.stringify(body)}`));
  }
});

test("shows a property added to the contract on its pages", async () => {
  const changed = await pagesOf(({ schemas }) => {
    Object.assign(schemas.CustomerQualification.properties, {
      vettingOffice: {
        type: "string",
        description: "Which office decides.",
        maxLength: 77,
        "x-evidence": ["no-event"],
      },
    });
  });
  for (const id of ["listQualifications", "requestQualification"]) {
    const page = changed.get(`reference/${id}.md`);
    expect(page).toContain("`vettingOffice`");
    expect(page).toContain("Which office decides.");
    expect(page).toContain("At most 77 characters.");
    expect(pages.get(`reference/${id}.md`)).not.toContain("vettingOffice");
  }
});

test("every operation has a page with its parameters, answers and samples", async () => {
  expect(contract.operations.length).toBeGreaterThan(7);
  for (const { id, summary, parameters, responses } of contract.operations) {
    const html = await readPage(`/reference/${id}`);
    expect(html).toContain(`${escapeHtml(summary)} <a class="header-anchor"`);
    for (const { name } of parameters) expect(html).toContain(`id="parameter-${name}"`);
    for (const status of Object.keys(responses))
      expect(html).toContain(`<strong>${status}</strong>`);
    expect(html).toContain("127.0.0.1:4010");
    expect(html).toContain("createQualificationsClient");
  }
});

test("shows the cause, the fix and the reproduction of every error code", async () => {
  expect(contract.errors.length).toBeGreaterThan(30);
  for (const { code, reproduce } of contract.errors) {
    const html = await readPage(`/errors/${code}`);
    expect(html).toContain(`Error ${code}`);
    expect(html).toContain("Why it happens");
    expect(html).toContain("What to do");
    expect(html.includes("Reproduce it"), code).toBe(reproduce !== undefined);
  }
});

test("every assumption, contradiction and fact can be linked to", async () => {
  const places = [
    ["/assumptions", background.assumptions],
    ["/contradictions", background.contradictions],
    ["/sources", background.facts],
  ] as const;
  for (const [page, items] of places) {
    const html = await readPage(page);
    for (const key of Object.keys(items)) expect(html).toContain(`id="${key.toLowerCase()}"`);
  }
});

test("offers the contract and its workflows for download", async () => {
  const require = createRequire(import.meta.url);
  const { openapi } = require("../dist/openapi.json") as { openapi: string };
  expect(openapi).toBe("3.1.0");
  const html = await readPage("/download");
  expect(html.match(/href="\.\/workflows\/[\w-]+\.arazzo\.yaml"/g)?.length).toBe(5);
});

test("names the errors that a function throws, and leaves no heading without text", async () => {
  const members = (await addresses()).filter((path) => path.startsWith("/packages/"));
  expect(members.length).toBeGreaterThan(80);
  for (const path of members)
    expect(await readPage(path), path).not.toMatch(/<\/h4>\s*(<hr>|<h[1-4]|<\/)/);
  expect(await readPage("/packages/client/interfaces/ValidationCodes")).toMatch(
    /Throws[^]*<a href="\/packages\/client#partnercentererror">PartnerCenterError<\/a>/,
  );
  expect(await readPage("/packages/mock")).toContain(
    "<code>NodeJS.ErrnoException</code>: <code>EADDRINUSE</code> when the port is in use.",
  );
});
