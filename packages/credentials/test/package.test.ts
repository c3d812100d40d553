import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { tsc } from "@partner-qualifications/testing/measure";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { install, pack, systemNode } from "@partner-qualifications/testing/packed";
import { world } from "./world.ts";

// Processes are slow to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const exec = promisify(execFile);

const nodes = [["the workspace's Node", process.execPath]];
const own = await systemNode();
if (own && own.major >= 22) nodes.push(["the machine's own Node", own.path]);

let packed: Awaited<ReturnType<typeof pack>>;
beforeAll(async () => {
  packed = await pack(join(import.meta.dirname, ".."));
  return () => packed[Symbol.asyncDispose]();
}, 60_000);

test("imports neither msal nor any other package", async () => {
  const entry = new URL("../dist/index.js", import.meta.url).href;
  const script = `
    import { registerHooks } from "node:module";
    const seen = [];
    registerHooks({ resolve(name, context, next) { seen.push(name); return next(name, context); } });
    const { appOnlyCredential } = await import(${JSON.stringify(entry)});
    appOnlyCredential({ tenant: "a.example", clientId: crypto.randomUUID(), clientSecret: "s" });
    console.log(JSON.stringify(seen));
  `;
  const { stdout } = await exec(process.execPath, ["--input-type=module", "--eval", script]);
  const seen = JSON.parse(stdout) as string[];
  expect(seen).toContain(entry);
  expect(seen.filter((name) => !/^(node:|file:|\.)/.test(name))).toEqual([]);
});

/** A user's first program: only exported names. */
const program = `
  import type { TokenCredential } from "@azure/identity";
  import {
    appOnlyCredential,
    CredentialError,
    credentialFromEnvironment,
    environments,
    type PartnerCenterCredential,
  } from "@partner-qualifications/credentials";

  const fromVariables: PartnerCenterCredential = credentialFromEnvironment();
  const azure: TokenCredential = fromVariables;
  await azure.getToken(environments.global.appUserScope);
  const { token, expiresOnTimestamp } = await fromVariables.getToken(
    environments.global.appUserScope,
    { signal: AbortSignal.timeout(20_000) },
  );
  const kinds: string[] = [];
  try {
    // @ts-expect-error: the types require a secret or a certificate
    appOnlyCredential({ tenant: "contoso.onmicrosoft.com", clientId: "x" });
  } catch (error) {
    if (error instanceof CredentialError) kinds.push(error.kind);
  }
  console.log(JSON.stringify([token.split(".").length, expiresOnTimestamp > Date.now(), kinds]));
`;

describe("installed into an empty project", () => {
  let project: Awaited<ReturnType<typeof install>>;
  beforeAll(async () => {
    const linked = { "@types/node": "@types/node", "@azure/identity": "@azure/identity" };
    project = await install([packed], { linked });
    await project.write("main.ts", program);
    await project.write("tsconfig.json", {
      compilerOptions: {
        target: "es2022",
        module: "nodenext",
        moduleResolution: "nodenext",
        strict: true,
        exactOptionalPropertyTypes: true,
        lib: ["es2022"],
        types: ["node"],
      },
      files: ["main.ts"],
    });
    return () => project[Symbol.asyncDispose]();
  }, 60_000);

  /** Returns the command's output, whether it succeeds or fails. */
  const run = (command: string, args: string[], env: Record<string, string> = {}) =>
    exec(command, args, { cwd: project.directory, env: { PATH: process.env.PATH, ...env } }).then(
      ({ stdout, stderr }) => stdout + stderr,
      (error: { stdout: string; stderr: string }) => error.stdout + error.stderr,
    );

  test("compiles a program", async () => {
    expect(await run(process.execPath, [tsc])).toBe("");
  });

  test.each(nodes)("runs a program on %s", async (_, node) => {
    await run(process.execPath, [tsc]);
    await using w = await world();
    await w.store.write(w.entra.issueRefreshToken());
    expect(JSON.parse(await run(node!, ["main.js"], w.env))).toEqual([3, true, ["missingSetting"]]);
    expect(await w.store.read()).toBe(w.entra.refreshTokens[1]);
  });

  test.each(nodes)("runs the command on %s", async (_, node) => {
    const command = join(project.directory, "node_modules/.bin/qualifications-consent");
    expect(await readFile(command, "utf8")).toContain("@partner-qualifications/credentials");
    const file = "node_modules/@partner-qualifications/credentials/dist/cli.js";
    expect(await run(node!, [file, "--help"])).toContain("Usage: qualifications-consent");
    expect(await run(command, [])).toContain("Missing: PARTNER_CENTER_TENANT");
  });
});
