import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";
import { startPortableServer } from "./portable/server.ts";
import { install, pack, systemNode } from "@partner-qualifications/testing/packed";

// Uses the tarball in CommonJS programs and tests, with their usual tools.

const exec = promisify(execFile);
const require = createRequire(import.meta.url);
const tsc5 = join(dirname(require.resolve("typescript5/package.json")), "bin/tsc");
const jest = join(dirname(require.resolve("jest/package.json")), "bin/jest.js");

const nodes = [["the workspace's Node", process.execPath]];
const own = await systemNode();
if (process.env.SWEEPS && own && own.major >= 22) nodes.push(["the machine's own Node", own.path]);

let project: Awaited<ReturnType<typeof install>>;
let server: Awaited<ReturnType<typeof startPortableServer>>;
// Packing and installing exceed the default ten seconds on a busy machine.
beforeAll(async () => {
  await using packed = await pack(join(import.meta.dirname, ".."));
  project = await install([packed], {
    type: "commonjs",
    linked: { "@types/node": "@types/node", undici: "undici" },
  });
  server = await startPortableServer();
  return async () => {
    await project[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  };
}, 60_000);

/** Returns a command's output, whether it succeeds or fails. */
const run = (command: string, ...args: string[]) =>
  exec(command, args, {
    cwd: project.directory,
    env: { ...process.env, SERVER: server.url, NODE_OPTIONS: "", FORCE_COLOR: "0" },
  }).then(
    ({ stdout, stderr }) => stdout + stderr,
    (error: { stdout: string; stderr: string }) => error.stdout + error.stderr,
  );

const customerId = "00000000-0000-4000-8000-000000000001";
const refused = "00000000-0000-4000-8000-000000000403";

/** A test as a user would write it, without configuration. */
const jestTest = `
  const client = require("@partner-qualifications/client");
  const { createHttpClient } = require("@partner-qualifications/client/http");
  const { createNodeFetch } = require("@partner-qualifications/client/node");
  const { createFakeClient } = require("@partner-qualifications/client/testing");

  const customerId = "${customerId}";
  const create = (fetch) =>
    client.createQualificationsClient({
      baseUrl: process.env.SERVER,
      credential: () => "token",
      fetch,
    });

  test("lists and requests", async () => {
    const { qualifications } = create();
    const [item] = await qualifications.list(customerId);
    expect(item).toMatchObject({ qualification: "Education", vettingStatus: "Approved" });
    const body = { qualification: "Education", educationSegment: "K12" };
    expect((await qualifications.request(customerId, body)).write).toBe("created");
  });

  test("throws a separate class of error", async () => {
    const call = create().qualifications.list("${refused}");
    await expect(call).rejects.toBeInstanceOf(client.PermissionError);
    await expect(create().qualifications.list("x")).rejects.toThrow(client.InvalidRequestError);
  });

  test("uses the Node transport and openapi-fetch", async () => {
    const fetch = createNodeFetch();
    const http = createHttpClient(create(fetch));
    const path = "/v1/customers/{customer_id}/qualifications";
    const { data } = await http.GET(path, { params: { path: { customer_id: customerId } } });
    expect(data).toHaveLength(1);
    await fetch.close();
  });

  test("uses the fake client, with fake timers", async () => {
    jest.useFakeTimers();
    const fake = createFakeClient({ customers: { [customerId]: { outcome: "Denied" } } });
    const body = { qualification: "Education", educationSegment: "K12" };
    const vetting = await fake.client.qualifications.request(customerId, body);
    const polling = vetting.pollUntilDone();
    jest.useRealTimers();
    expect((await polling).status).toBe("Denied");
  });
`;

test.each(nodes)("passes a jest test with default settings on %s", async (_, node) => {
  await project.write("client.test.js", jestTest);
  const output = await run(node!, jest, "client.test.js");
  expect(output).toContain("Tests:       4 passed, 4 total");
});

/** A user's TypeScript program: only exported names. */
const program = `
  import { createQualificationsClient, PartnerCenterError, type Outcome } from "@partner-qualifications/client";
  import { createHttpClient } from "@partner-qualifications/client/http";
  import { createNodeFetch } from "@partner-qualifications/client/node";
  import { createFakeClient } from "@partner-qualifications/client/testing";

  async function main(): Promise<void> {
    const fetch = createNodeFetch();
    const client = createQualificationsClient({ baseUrl: process.env["SERVER"], credential: () => "token", fetch });
    const listed = await client.qualifications.list("${customerId}");
    const { data } = await createHttpClient(client).GET("/v1/customers/all/validations");
    const failed: unknown = await client.qualifications.list("${refused}").catch((error: unknown) => error);
    const vetting = await createFakeClient().client.qualifications.request("${customerId}", {
      qualification: "Education",
      educationSegment: "K12",
    });
    const outcome: Outcome = await vetting.pollUntilDone();
    await fetch.close();
    console.log(listed.length, Array.isArray(data), failed instanceof PartnerCenterError, outcome.status);
  }
  void main();
`;

const resolutions: [string, object][] = [
  ["node16", { module: "node16", moduleResolution: "node16" }],
  ["node10", { module: "commonjs", moduleResolution: "node10" }],
  ["nodenext", { module: "nodenext", moduleResolution: "nodenext" }],
];

test.each(resolutions.slice(0, process.env.SWEEPS ? 3 : 1))(
  "compiles and runs with TypeScript 5 from CommonJS as %s",
  async (name, options) => {
    await project.write(`${name}.ts`, program);
    await project.write("tsconfig.json", {
      compilerOptions: {
        target: "es2022",
        lib: ["es2022"],
        types: ["node"],
        strict: true,
        exactOptionalPropertyTypes: true,
        ...options,
        // Slow, and tested elsewhere.
        skipLibCheck: true,
      },
      files: [`${name}.ts`],
    });
    expect(await run(process.execPath, tsc5)).toBe("");
    expect(await readFile(join(project.directory, `${name}.js`), "utf8")).toContain("require(");
    expect(await run(process.execPath, `${name}.js`)).toBe("1 true true Approved\n");
  },
);

/** Loads both copies in one process, as when a dependency is CommonJS and the program is not. */
const both = `
  const assert = require("node:assert");
  const cjs = require("@partner-qualifications/client");
  const http = require("@partner-qualifications/client/http");

  async function main() {
    const esm = await import("@partner-qualifications/client");
    assert.notEqual(esm.PartnerCenterError, cjs.PartnerCenterError, "There is one copy");
    const options = { baseUrl: process.env.SERVER, credential: () => "token" };
    const pairs = [[esm, cjs], [cjs, esm]];
    for (const [one, other] of pairs) {
      const client = one.createQualificationsClient(options);
      const error = await client.qualifications.list("${refused}").catch((reason) => reason);
      assert(error instanceof other.PartnerCenterError);
      assert(error instanceof other.PermissionError);
      assert(!(error instanceof other.ConflictError));
      assert(other.errorFromJSON(error.toJSON()) instanceof one.PermissionError);
      const body = { qualification: "Education", educationSegment: "K12" };
      const vetting = await client.qualifications.request("${customerId}", body);
      const resumed = other.createQualificationsClient(options).qualifications.resume(String(vetting));
      assert.equal(resumed.requestId, vetting.requestId);
    }
    const client = esm.createQualificationsClient(options);
    const path = "/v1/customers/{customer_id}/qualifications";
    const params = { path: { customer_id: "not a GUID" } };
    const call = http.createHttpClient(client).GET(path, { params, signal: AbortSignal.abort() });
    await assert.rejects(call, (error) => error instanceof cjs.AbortedError);
    console.log("ok");
  }
  main();
`;

test.each(nodes)("recognizes the errors of the other copy on %s", async (_, node) => {
  await project.write("both.cjs", both);
  expect(await run(node!, "both.cjs")).toBe("ok\n");
});
