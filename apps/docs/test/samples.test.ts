import { glob, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type MockOptions, startMock } from "@partner-qualifications/mock";
import { assert, test } from "vitest";
import { runProgram } from "./run-program.ts";

const samples = new URL("../samples/", import.meta.url);

/** Time stands still, so that a sample prints the same every time. */
const still: MockOptions = { clock: "manual", now: "2026-11-23T09:00:00Z", seed: 1 };
/** Those that follow a vetting to its end need a clock that goes. */
const going: MockOptions = { reviewTime: "PT1S" };

const settings: Record<string, { mock?: MockOptions; after?: string }> = {
  "start/look.sh": { after: "start/ask.sh" },
  "start/first.ts": { mock: going },
  "guides/follow.ts": { mock: going },
  "guides/resume.ts": { mock: going },
  "guides/throttled.ts": { mock: going },
};

const names = (await Array.fromAsync(glob("**/*.{ts,sh}", { cwd: samples }))).toSorted();

test.concurrent.for(names)(
  "the sample %s runs, and prints what its page shows",
  async (name, { expect }) => {
    const { mock: options = still, after } = settings[name] ?? {};
    await using mock = await startMock(options);
    if (after) {
      await runProgram(after, await readSample(after, mock.url));
      mock.advance("P3D");
    }
    const printed = await runProgram(name, await readSample(name, mock.url));
    expect(printed).not.toBe("");
    // Reading the answer and writing it down are two things: `vitest -u` writes it anew.
    await expect(steady(printed)).toMatchFileSnapshot(
      fileURLToPath(new URL(`${name}.txt`, samples)),
    );
  },
);

/** A sample that talks to a mock of its own, in place of the one or the service that it names. */
async function readSample(name: string, url: string): Promise<string> {
  const text = await readFile(new URL(name, samples), "utf8");
  const here = text
    .replaceAll("http://127.0.0.1:4010", url)
    .replaceAll(
      "createQualificationsClient({\n  credential",
      `createQualificationsClient({\n  baseUrl: "${url}",\n  credential`,
    )
    .replaceAll("process.env.PARTNER_CENTER_TOKEN", '"any-token"')
    .replaceAll("curl ", "curl -sS ");
  const needsNoMock = /startMock|createFakeClient/.test(text);
  assert(here !== text || needsNoMock, `${name} does not call the mock`);
  return here;
}

/** What differs from run to run even when time stands still. */
function steady(text: string): string {
  return text.replaceAll(/[\d.]+ms|duration_ms [\d.]+/g, "…");
}
