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

/** What a sample prints, with the mock in place of Partner Center. */
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

test("the README has five samples, and no others that nobody runs", () => {
  expect(samples).toHaveLength(5);
});

test("its first program lists a customer's qualifications", async () => {
  await using w = await world();
  await w.store.write(w.entra.issueRefreshToken());
  expect(await print(w, samples[0])).toBe("none yet");
  expect(w.entra.requests).toMatchObject([{ grant: "refresh_token", status: 200 }]);
});

test("its credentials are made without variables, and with a vault", async () => {
  await using w = await world();
  expect(await print(w, samples[1])).toBe("function function");
  expect(await print(w, samples[3])).toBe("[ 'getToken' ]");
});

test("its program for a proxy sends both kinds of requests through it", async () => {
  await using w = await world();
  await using proxy = await startProxy();
  await w.store.write(w.entra.issueRefreshToken());
  const env = { ...w.env, HTTP_PROXY: proxy.host };
  expect(await print({ ...w, env }, samples[2])).toBe("[]");
  expect(proxy.asked).toHaveLength(2);
});

test("its last program tells what to do about a refresh token that has expired", async () => {
  await using w = await world();
  await w.store.write(w.entra.issueRefreshToken());
  w.entra.failNext({ kind: "refuse", error: "invalid_grant", code: 700082 });
  expect(await print(w, samples[4])).toBe(
    "refreshTokenExpired AADSTS700082 Run qualifications-consent and sign in again.",
  );
});
