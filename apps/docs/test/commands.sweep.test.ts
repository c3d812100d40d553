import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Mock, startMock } from "@partner-qualifications/mock";
import { startEntra } from "@partner-qualifications/testing/entra";
import { beforeAll, expect, test, vi } from "vitest";
import { collectCommands, indentedCommands, root } from "./shown-commands.ts";
import { type } from "./terminal.ts";

// Programs are slow where many want the same processor.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** Commands that no test runs as they are shown, each with the reason. */
const exceptions: [shown: RegExp, reason: string][] = [
  [/ test(:full)?$/, "this test is part of it"],
  [/ dev$/, "dev.sweep.test.ts runs it in a copy of the workspace, which it watches and rebuilds"],
  [/ bench(:docs| portfolio)?$/, "it installs the peers that it measures, and takes minutes"],
  [/ showcase( [\w-]+)*$/, "it takes minutes, and rewrites the committed pictures"],
  [/ mutate$/, "test:full runs it after the tests"],
  [/ run update$/, "it rewrites committed reports; a test of tools/api-reports compares them"],
  [/ format$/, "it rewrites the files under test; lint runs the same with --check"],
  [/ release$/, "it overwrites the released contract"],
  [/ changeset$/, "it asks questions"],
  [/ release (version|pack)$/, "tests of tools/release run the steps, in a copy where they write"],
  [/^npm install /, "the packages are not on npm yet; tests of each package install its tarball"],
  [/^npx (--yes )?@/, "the mock is not on npm yet; consumers.sweep.test.ts installs it"],
  [/^qualifications /, "guide.sweep.test.ts of apps/cli runs them in their order"],
  [/ fuzz$/, "it runs phases/fuzz.test.ts, for five minutes"],
];
/** These run until they are stopped. */
const server =
  /^(?!.*--(?:help|version))(?:\w+=\S+ )*(?:npx (?:.*pnpm@12 )?|pnpm )?(?:qualifications-mock|mock|demo|start)\b/;

const shown = await collectCommands();
const commands = [...shown.keys()];
const run = commands.filter((command) => !exceptions.some(([pattern]) => pattern.test(command)));

/** As the mock of `start`, but quicker. */
const begun = { reviewTime: "PT1S" };
let mock: Mock;
let entra: Awaited<ReturnType<typeof startEntra>>;
let folder: string;

beforeAll(async () => {
  mock = await startMock();
  entra = await startEntra();
  // Programs find the packages from the playground alone.
  const parent = fileURLToPath(new URL("playground/commands/", root));
  await mkdir(parent, { recursive: true });
  folder = await mkdtemp(join(parent, "run-"));
  await writeFile(join(folder, "school.yaml"), "reviewTime: P1D\n");
  await mkdir(join(folder, "playground"));
  await saveProgram("README.md", "try.ts", /```ts\n(.*?)```/s);
  await saveProgram("apps/docs/samples/start/first.ts", "first.ts", /(.*)/s);
  // What the sign-in opens: a browser that follows the page to its end.
  await writeFile(join(folder, "browser"), '#!/bin/sh\nexec curl -sL "$1"\n');
  await chmod(join(folder, "browser"), 0o755);
  return async () => {
    await rm(folder, { recursive: true });
    await entra[Symbol.asyncDispose]();
    await mock.close();
  };
});

/** A command may have moved the clock, or left faults behind. */
async function reset(scenario: object): Promise<void> {
  const response = await fetch(`${mock.url}/_mock/scenario`, {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(scenario),
  });
  expect(response.status).toBe(200);
}

async function saveProgram(source: string, file: string, code: RegExp): Promise<void> {
  const [, program = ""] = code.exec(await readFile(new URL(source, root), "utf8")) ?? [];
  const here = program.replaceAll("http://127.0.0.1:4010", mock.url);
  await writeFile(join(folder, "playground", file), here);
}

/** The command with the addresses, ports and names of this test in place of those of the reader. */
async function adapt(command: string): Promise<string> {
  const given = command
    .replaceAll(
      /http:\/\/127\.0\.0\.1:4010|https:\/\/api\.partnercenter\.microsoft\.com|\bURL\b/g,
      mock.url,
    )
    .replace("contoso.onmicrosoft.com", entra.tenant)
    .replace("--client-id …", `--client-id ${entra.clientId}`)
    .replace(/--port \d+/, `--port ${await freePort()}`);
  const isSuite = /\bcontract\b(?!.*--(?:help|phase))/.test(given);
  // Without its control, the mock takes every token, which the other phases rightly report.
  const isWhole = given.includes("--control") && process.env.SWEEPS;
  if (isSuite && !isWhole) return `${given} --phase examples`;
  return /consent\b(?!.*--(?:help|port))/.test(given)
    ? `${given} --port ${await freePort()}`
    : given;
}

function environment(): Record<string, string> {
  return {
    PATH: `${folder}:${process.env.PATH}`,
    BROWSER: "browser",
    MOCK_PORT: "0",
    DEMO_PORT: "0",
    DOCS_PORT: "0",
    PORT: "0",
    STATE_FILE: join(folder, `${crypto.randomUUID()}.json`),
    ID: "11111111-2222-3333-4444-555555555555",
    PARTNER_TOKEN: "any-token",
    PARTNER_CENTER_TENANT: entra.tenant,
    PARTNER_CENTER_CLIENT_ID: entra.clientId,
    PARTNER_CENTER_CLIENT_SECRET: entra.clientSecret,
    PARTNER_CENTER_AUTHORITY: entra.url,
    PARTNER_CENTER_REFRESH_TOKEN_FILE: join(folder, crypto.randomUUID()),
  };
}

async function freePort(): Promise<number> {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  other.close();
  await once(other, "close");
  return port;
}

test.for(run)("runs as shown: %s", async (command) => {
  const text = await adapt(command);
  // The suite expects the vettings of a mock that nothing was said to.
  await reset(/\bcontract\b/.test(command) ? {} : begun);
  await using typed = type(text, folder, environment());
  if (server.test(command)) {
    const [address] = await typed.printed(/http:\/\/127\.0\.0\.1:\d+/);
    // Whatever it answers, it listens.
    await fetch(address);
    return;
  }
  if (text.includes("--print ")) {
    const [, address = ""] = await typed.printed(/^ {2}(http\S+)$/m);
    await fetch(address);
  }
  const code = await typed.ended;
  expect({ code, output: code === 0 ? "" : typed.output() }, shown.get(command)).toEqual({
    code: 0,
    output: "",
  });
});

test("runs the printed commands of start to an outcome", async () => {
  await using start = type("npx -y pnpm@12 start --review-time PT1S", folder, environment());
  await start.printed(/Press Ctrl-C/);
  const printed = indentedCommands(start.output());
  expect(printed).toHaveLength(1);
  for (const [command, answer] of [
    [printed[0]!, /"InReview"/],
    [printed[0]!.replace(/ -d '[^']*'/, ""), /"Approved"/],
  ] as const) {
    await expect
      .poll(
        async () => {
          await using typed = type(command, folder, {});
          expect(await typed.ended).toBe(0);
          return typed.output();
        },
        { interval: 500, timeout: 20_000 },
      )
      .toMatch(answer);
  }
});

test("finds the commands of every page, and no unused exception", () => {
  const places = ["README.md", "apps/docs/pages/start.md", "packages/mock/dist/cli.js --help"];
  expect([...shown.values()]).toEqual(expect.arrayContaining(places));
  const stale = exceptions.filter(
    ([pattern]) => !commands.some((command) => pattern.test(command)),
  );
  expect(stale).toEqual([]);
});
