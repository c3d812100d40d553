// What the site publishes beside its pages, and what the pages say to machines.

import { readFile } from "node:fs/promises";
import { contract } from "@partner-qualifications/spec/model";
import { startMock, testCustomers } from "@partner-qualifications/mock";
import MiniSearch from "minisearch";
import { expect, test } from "vitest";
import { siteAddress } from "../src/address.ts";
import { type Entry, indexOptions } from "../src/search/options.ts";
import { startDocs } from "../src/server.ts";
import { addresses, dist, readPage } from "./site.ts";

const pages = await addresses();
const read = (path: string) => readFile(new URL(path, dist), "utf8");

test("keeps a strict policy on every page, without style and event attributes", async () => {
  for (const path of [...pages, "/redoc/", "/404"]) {
    const html = await readPage(path);
    const [, policy = ""] =
      /<meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(html) ?? [];
    expect(policy).toMatch(/^default-src 'self'; /);
    expect(policy).not.toMatch(/unsafe|\*(?!;|$| )(?!:)|https?:\/\/(?!127\.0\.0\.1|localhost)/);
    expect(html, path).not.toMatch(/<[a-z][^<>]*\s(?:style|on[a-z]+)=/);
    expect(html.match(/<script(?![^>]*src=)/g)?.length ?? 0).toBeLessThanOrEqual(2);
  }
});

test("gives each page its canonical address, a preview, an edit link and a form in Markdown", async () => {
  const map = await read("sitemap.xml");
  for (const path of pages) {
    const html = await readPage(path);
    const address = siteAddress + path.slice(1);
    expect(html).toContain(`<link rel="canonical" href="${address}">`);
    expect(html).toContain(`property="og:image" content="${siteAddress}preview.png"`);
    expect(map).toContain(`<loc>${address}</loc>`);
    if (path === "/" || path === "/redoc/") continue;
    expect(html, path).toMatch(/<a href="https:\/\/github\.com\/[^"]+">Edit this page<\/a>/);
    const [, markdown = ""] = /<a href="(\/[^"]+\.md)" target="_self">/.exec(html) ?? [];
    expect(await read(markdown.slice(1)), path).not.toMatch(/^<<< |<TryIt|^:::|<template/m);
  }
  await expect(readFile(new URL("preview.png", dist))).resolves.toHaveProperty("length");
});

test("shows the outline of a guide and of an operation without a script", async () => {
  const guide = await readPage("/guides/asynchronous-flow");
  expect(guide).toMatch(/<nav[^>]*aria-label="On this page".*href="#old-denials"/s);
  const operation = await readPage("/reference/requestQualification");
  const [, outline = ""] = /<nav class="sections"[^>]*>(.*?)<\/nav>/.exec(operation) ?? [];
  const links = [...outline.matchAll(/href="#([^"]+)"/g)].map(([, id = ""]) => id);
  expect(links).toEqual(expect.arrayContaining(["parameters", "body", "response", "errors"]));
  for (const id of links) expect(operation).toContain(`id="${id}"`);
});

test("lists every page in llms.txt, and every version in the feed", async () => {
  const list = await read("llms.txt");
  for (const { id } of contract.operations) expect(list).toContain(`(reference/${id}.md)`);
  for (const [, path = ""] of list.matchAll(/\]\(([^):]+)\)/g)) await read(path);
  const feed = await read("changelog.xml");
  expect(feed).toContain("<title>Version 1.0.0</title>");
});

test("publishes every version of the contract beside the latest", async () => {
  const index = await readPage("/openapi/");
  const versions = [...index.matchAll(/href="\.\/([\d.]+)\/openapi\.json"/g)].map(([, one]) => one);
  expect(versions).toEqual(expect.arrayContaining([contract.version, "1.0.0"]));
  for (const version of versions) {
    const document = JSON.parse(await read(`openapi/${version}/openapi.json`));
    expect(document.info.version).toBe(version);
    expect(await readPage(`/openapi/${version}/`)).toContain("What changed");
  }
  const latest = JSON.parse(await read("openapi/latest/openapi.json"));
  expect(latest.info.version).toBe(contract.version);
});

test.each([
  ["denied reason", /^(guides|concepts|reference)/],
  ["429", /^(guides\/throttling|errors\/|reference\/)/],
  ["python", /^reference\//],
  ["postman", /^reference\/(?:$|#)/],
  ["c#", /^reference\//],
  [".net", /^guides\/moving-from-the-dotnet-sdk/],
  ["20002", /^errors\/20002/],
  ["educationSegment", /^reference\/requestQualification/],
  ["validation code", /^(guides\/government|reference\/listValidationCodes|concepts)/],
  [testCustomers[1]!.id, /^test-data/],
  [testCustomers[1]!.id.slice(0, -2), /^test-data/],
  ["request a qualification", /^reference\/requestQualification$/],
])("finds %s among the first three results", async (words, expected) => {
  const index = MiniSearch.loadJSON<Entry>(await read("search.json"), indexOptions);
  const found = index.search(words) as unknown as Entry[];
  const first = found.slice(0, 3);
  expect(first.map(({ path }) => path)).toContainEqual(expect.stringMatching(expected));
  expect(first.map(({ kind }) => kind)).not.toContain("Background");
});

test("keeps the language of a sample out of the text of a result", async () => {
  const index = MiniSearch.loadJSON<Entry>(await read("search.json"), indexOptions);
  const found = index.search("curl") as unknown as Entry[];
  expect(found.filter(({ text }) => text.includes("shcurl")).map(({ path }) => path)).toEqual([]);
});

interface PostmanItem {
  request: {
    method: string;
    header: { key: string; value: string }[];
    url: { raw: string; variable: { key: string; value: string }[] };
    body?: { raw: string };
  };
}
interface BrunoItem {
  request: {
    method: string;
    url: string;
    headers: { name: string; value: string }[];
    params: { name: string; value: string; type: string; enabled: boolean }[];
    body: { mode: string; json?: string };
  };
}

test("sends the requests of both collections to the mock", async () => {
  const postman = JSON.parse(await read("collections/qualifications.postman.json")) as {
    item: { item: PostmanItem[] }[];
  };
  const bruno = JSON.parse(await read("collections/qualifications.bruno.json")) as {
    items: { items: BrunoItem[] }[];
  };
  const ofPostman = postman.item
    .flatMap(({ item }) => item)
    .map(({ request: { method, header, url, body } }) => ({
      method,
      url: url.variable.reduce((raw, one) => raw.replace(`:${one.key}`, one.value), url.raw),
      headers: header.map(({ key, value }) => [key, value] as const),
      body: body?.raw,
    }));
  const ofBruno = bruno.items
    .flatMap(({ items }) => items)
    .map(({ request: { method, url, headers, params, body } }) => {
      const query = params.filter(({ type, enabled }) => type === "query" && enabled);
      const path = params.filter(({ type }) => type === "path");
      const filled = path.reduce((raw, one) => raw.replace(`:${one.name}`, one.value), url);
      const search = new URLSearchParams(query.map(({ name, value }) => [name, value]));
      return {
        method,
        url: query.length > 0 ? `${filled}?${search}` : filled,
        headers: [
          ...headers.map(({ name, value }) => [name, value] as const),
          ...(body.json ? [["Content-Type", "application/json"] as const] : []),
        ],
        body: body.json,
      };
    });
  for (const requests of [ofPostman, ofBruno]) {
    expect(requests).toHaveLength(contract.operations.length);
    for (const { method, url, headers, body } of requests) {
      // What one request changes must not stop the next one.
      await using mock = await startMock();
      const response = await fetch(url.replace("{{baseUrl}}", mock.url), {
        method,
        headers: {
          ...Object.fromEntries(headers),
          ...(method === "GET" ? {} : { "MS-RequestId": crypto.randomUUID() }),
          Authorization: "Bearer any-token",
        },
        body: body ?? null,
      });
      expect(response.status, `${method} ${url}`).toBeLessThan(300);
    }
  }
});

test("serves pages with and without a slash, YAML as YAML, and the address of the mock", async () => {
  await using docs = await startDocs({ mock: "http://127.0.0.1:5999" });
  for (const [asked, shown] of [
    ["/reference", "/reference/"],
    ["/redoc", "/redoc/"],
    ["/errors", "/errors/"],
    ["/packages", "/packages/"],
    ["/start/", "/start"],
    ["/openapi/1.0.0", "/openapi/1.0.0/"],
  ]) {
    const response = await fetch(docs.url + asked);
    expect([response.status, new URL(response.url).pathname]).toEqual([200, shown]);
  }
  const type = async (path: string) => (await fetch(docs.url + path)).headers.get("content-type");
  expect(await type("/openapi.yaml")).toBe("application/yaml");
  expect(await type("/start.md")).toMatch(/^text\/markdown/);
  for (const path of ["/reference/requestQualification", "/redoc/contract.json", "/search.json"]) {
    const text = await (await fetch(docs.url + path)).text();
    expect(text).toContain("http://127.0.0.1:5999");
    expect(text).not.toContain("http://127.0.0.1:4010");
  }
  expect(await (await fetch(`${docs.url}/openapi.yaml`)).text()).toContain("127.0.0.1:4010");
  expect((await fetch(`${docs.url}/errors/99999`)).status).toBe(404);
  expect((await fetch(`${docs.url}/..%2f..%2fpackage.json`)).status).toBe(404);
});
