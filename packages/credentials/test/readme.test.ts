import { mkdir, readFile, writeFile } from "node:fs/promises";
import { startMock } from "@partner-qualifications/mock";
import { beforeAll, expect, test, vi } from "vitest";
import { startProxy } from "./proxy-server.ts";
import { run } from "./run.ts";
import { world } from "./world.ts";

// Processes are slow to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

let samples: string[] = [];
beforeAll(async () => {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  samples = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code = ""]) => code);
});

/** Runs a sample against the mock and returns its output. */
async function print(w: Awaited<ReturnType<typeof world>>, code = ""): Promise<string> {
  await using mock = await startMock();
  const program = code.replace("createQualificationsClient({", `$& baseUrl: "${mock.url}",`);
  const directory = new URL("../generated/", import.meta.url);
  await mkdir(directory, { recursive: true });
  const name = `sample-${samples.indexOf(code)}.ts`;
  await writeFile(new URL(name, directory), program);
  const { ended, output } = run(`../generated/${name}`, [], w.env);
  expect(await ended, output.stderr).toMatchObject({ code: 0 });
  return output.stdout.trim();
}

test("has five samples, all of them run here", () => {
  expect(samples).toHaveLength(5);
});

test("lists a customer's qualifications in the first sample", async () => {
  await using w = await world();
  await w.store.write(w.entra.issueRefreshToken());
  expect(await print(w, samples[0])).toBe("none yet");
  expect(w.entra.requests).toMatchObject([{ grant: "refresh_token", status: 200 }]);
});

test("creates credentials without variables and with a vault", async () => {
  await using w = await world();
  expect(await print(w, samples[1])).toBe("function function");
  expect(await print(w, samples[3])).toBe("[ 'getToken' ]");
});

test("sends both kinds of requests through a proxy", async () => {
  await using w = await world();
  await using proxy = await startProxy();
  await w.store.write(w.entra.issueRefreshToken());
  const env = { ...w.env, HTTP_PROXY: proxy.host };
  expect(await print({ ...w, env }, samples[2])).toBe("[]");
  expect(proxy.asked).toHaveLength(2);
});

test("explains an expired refresh token in the last sample", async () => {
  await using w = await world();
  await w.store.write(w.entra.issueRefreshToken());
  w.entra.failNext({ kind: "refuse", error: "invalid_grant", code: 700082 });
  expect(await print(w, samples[4])).toBe(
    "refreshTokenExpired AADSTS700082 Run qualifications-consent and sign in again.",
  );
});
