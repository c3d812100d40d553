import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { startMock } from "../src/index.ts";
import { send } from "./call.ts";

interface Row {
  form: string;
  request: { method: string; path: string; headers?: Record<string, string>; body?: string };
  answer: number;
  says?: string;
}
const table = createRequire(import.meta.url).resolve(
  "@partner-qualifications/spec/printed-forms.yaml",
);
const { rows } = parse(readFileSync(table, "utf8")) as { rows: Row[] };

const accepted = rows.filter(({ says }) => says === undefined);
const refused = rows.filter(({ says }) => says !== undefined);

test.each(accepted)("accepts $form", async ({ request: { path, ...init }, answer }) => {
  await using mock = await startMock();
  const response = await send(mock, path, init);
  expect([response.status, await response.text()]).toEqual([answer, expect.any(String)]);
});

test.each(refused)(
  "rejects $form and names the intended form",
  async ({ request: { path, ...init }, answer, says = "" }) => {
    await using mock = await startMock();
    const response = await send(mock, path, init);
    const body = (await response.json()) as { description?: string; message?: string };
    const said = body.description ?? body.message ?? "";
    expect(said.slice(-says.length)).toBe(says);
    expect(response.status).toBe(answer);
  },
);

type Request = Row["request"];

/** Returns the request as its refusal suggests; undefined when the suggestion cannot be sent verbatim. */
function corrected({ path, ...request }: Request, said: string): Request | undefined {
  const [, body] = /Send (["{].*)$/.exec(said) ?? [];
  const [, meant] = /Did you mean (\/\S+|code)\?/.exec(said) ?? [];
  if (body !== undefined) return { ...request, path, body };
  if (meant === "code") return { ...request, path: path.replace(/\?\w+/, "?code") };
  return meant === undefined
    ? undefined
    : { ...request, path: path.replace(/^[^?]*/, () => meant) };
}

test.each(refused.filter(({ request, says = "" }) => corrected(request, says)))(
  "accepts $form once every refusal is followed",
  async ({ request }) => {
    await using mock = await startMock();
    // Each refusal names one mistake.
    const follow = async (next: Request, refusals: number): Promise<number> => {
      const { path, ...init } = next;
      const response = await send(mock, path, init);
      if (response.ok) return refusals;
      const { description = "", message = description } = (await response.json()) as Record<
        string,
        string
      >;
      const again = corrected(next, message);
      return again ? follow(again, refusals + 1) : Number.NaN;
    };
    expect([1, 2, 3]).toContain(await follow(request, 0));
  },
);
