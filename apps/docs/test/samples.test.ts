import { glob, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fileRefreshTokenStore } from "@partner-qualifications/credentials";
import { type MockOptions, startMock } from "@partner-qualifications/mock";
import { startEntra } from "@partner-qualifications/testing/entra";
import { assert, test, vi } from "vitest";
import { runProgram } from "./run-program.ts";

// Programs and a browser are slow where many want the same processor.
vi.setConfig({ testTimeout: 120_000 });

const samples = new URL("../samples/", import.meta.url);

/** Time stands still, so that a sample prints the same every time. */
const still: MockOptions = { clock: "manual", now: "2026-11-23T09:00:00Z", seed: 1 };
/** Those that follow a vetting to its end need a clock that goes. */
const going: MockOptions = { reviewTime: "PT1S" };

const settings: Record<string, { mock?: MockOptions; after?: string }> = {
  // Tokens of the test server expire by the real time.
  "authentication/from-environment.ts": { mock: going },
  "authentication/vault.ts": { mock: going },
  "start/look.sh": { after: "start/ask.sh" },
  "start/first.ts": { mock: going },
  "operations/listAuditRecords.sh": { after: "operations/requestQualification.sh" },
  "operations/listAuditRecords.ts": { after: "operations/requestQualification.sh" },
  "guides/follow.ts": { mock: going },
  // The transcript of a lost answer and its proof.
  "guides/proved-answer.ts": {},
  "guides/resume.ts": { mock: going },
  "guides/throttled.ts": { mock: going },
};

const names = (await Array.fromAsync(glob("**/*.{ts,sh}", { cwd: samples }))).toSorted();

// Those with a special setting, and every third of the others; the sweeps run all.
const sampled = process.env.SWEEPS
  ? names
  : names.filter((name, index) => name in settings || index % 3 === 0);

test.concurrent.for(sampled)(
  "runs the sample %s, and prints the output shown on its page",
  async (name, { expect }) => {
    const { mock: options = still, after } = settings[name] ?? {};
    await using mock = await startMock(options);
    await using entra = await signedIn();
    if (after) {
      await runProgram(after, await readSample(after, mock.url, entra.url));
      mock.advance("P3D");
    }
    const printed = await runProgram(
      name,
      await readSample(name, mock.url, entra.url),
      entra.variables,
    );
    expect(printed).not.toBe("");
    // Reading the answer and writing it down are two things: `vitest -u` writes it anew.
    await expect(steady(printed)).toMatchFileSnapshot(
      fileURLToPath(new URL(`${name}.txt`, samples)),
    );
  },
);

/** An Entra with a stored consent, and the variables of a program that uses it. */
async function signedIn() {
  const entra = await startEntra();
  const folder = await mkdtemp(join(tmpdir(), "docs-"));
  const file = join(folder, "refresh-token");
  await fileRefreshTokenStore(file).write(entra.issueRefreshToken());
  return {
    url: entra.url,
    variables: {
      PARTNER_CENTER_TENANT: entra.tenant,
      PARTNER_CENTER_CLIENT_ID: entra.clientId,
      PARTNER_CENTER_CLIENT_SECRET: entra.clientSecret,
      PARTNER_CENTER_AUTHORITY: entra.url,
      PARTNER_CENTER_REFRESH_TOKEN_FILE: file,
    },
    async [Symbol.asyncDispose]() {
      await entra[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
}

/** A sample that uses a separate mock instead of the mock or service that it names. */
async function readSample(name: string, url: string, entra: string): Promise<string> {
  const text = await readFile(new URL(name, samples), "utf8");
  const here = text
    .replaceAll("http://127.0.0.1:4010", url)
    .replaceAll(
      "createQualificationsClient({\n  credential",
      `createQualificationsClient({\n  baseUrl: "${url}",\n  credential`,
    )
    .replaceAll("https://login.microsoftonline.com", entra)
    // The same authority for the samples that name none.
    .replaceAll("appUserCredential({", `appUserCredential({ authority: "${entra}",`)
    .replaceAll("process.env.PARTNER_CENTER_TOKEN", '"any-token"')
    .replaceAll("curl ", "curl -sS ");
  const brings = /startMock|createFakeClient/.test(text);
  assert(here !== text || brings, `${name} calls neither the mock nor Entra`);
  return here;
}

/** What differs from run to run even when time stands still. */
function steady(text: string): string {
  return text
    .replaceAll(/[\d.]+ms|duration_ms [\d.]+/g, "…")
    .replaceAll(/("(?:access|refresh|id)_token": ?")[^"]+/g, "$1…");
}
