import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { tsc } from "@partner-qualifications/testing/measure";
import { beforeAll, describe, expect, test } from "vitest";
import { startPortableServer } from "./portable/server.ts";
import { hostile } from "./hostile.ts";
import { install, pack, systemNode } from "@partner-qualifications/testing/packed";

const exec = promisify(execFile);

const nodes = [["the workspace's Node", process.execPath]];
const own = await systemNode();
if (own && own.major >= 22) nodes.push(["the machine's own Node", own.path]);

let packed: Awaited<ReturnType<typeof pack>>;
beforeAll(async () => {
  packed = await pack(join(import.meta.dirname, ".."));
  return () => packed[Symbol.asyncDispose]();
});

/** A user's first program: only exported names. */
const program = `
  import { createQualificationsClient, type CustomerQualification } from "@partner-qualifications/client";
  import { createHttpClient } from "@partner-qualifications/client/http";

  const customerId = "11111111-2222-3333-4444-555555555555";
  const client = createQualificationsClient({
    baseUrl: process.argv[2]!,
    credential: async () => "token",
    applicationName: "an-empty-project",
  });
  const listed: CustomerQualification[] = await client.qualifications.list(customerId);
  await client.qualifications.request(customerId, {
    qualification: "Education",
    educationSegment: "K12",
    website: "example.edu",
  });
  const { data } = await createHttpClient(client).GET("/v1/customers/{customer_id}/qualifications", {
    params: { path: { customer_id: customerId } },
  });
  // @ts-expect-error: not requestable, which the types must say
  const refused: Parameters<typeof client.qualifications.request>[1] = { qualification: "Nonprofit" };
  console.log(JSON.stringify([listed, data, refused.qualification]));
`;

/** Separate, because it needs undici to run. */
const transport = `
  import { createQualificationsClient } from "@partner-qualifications/client";
  import { createHttpClient } from "@partner-qualifications/client/http";
  import { createNodeFetch } from "@partner-qualifications/client/node";
  import { createFakeClient } from "@partner-qualifications/client/testing";

  export async function main(): Promise<void> {
    await using fetch = createNodeFetch({ connections: 4 });
    const carrier: typeof globalThis.fetch = fetch;
    const client = createQualificationsClient({ credential: "none", fetch });
    const other: typeof globalThis.fetch = client.fetch;
    createHttpClient(createFakeClient().client);
    await Promise.all([carrier, other].map((send) => send("https://a.example", { method: "GET" })));
  }
`;

const portable = (file: string) => readFile(join(import.meta.dirname, "portable", file), "utf8");

/** Returns a sample with the declarations that its reader already has. */
function readable(sample: string): string {
  const had = {
    customerId: "string",
    credential: "() => string",
    client: 'import("@partner-qualifications/client").QualificationsClient',
    yourCode: "(client: unknown) => Promise<void>",
  };
  const missing = Object.entries(had).filter(
    ([name]) => !new RegExp(`const (\\{ )?${name}\\b`).test(sample),
  );
  return `${missing.map(([name, type]) => `declare const ${name}: ${type};\n`).join("")}${sample}`;
}

/** The part that the README's adapter uses. */
const openTelemetry = `
  declare module "@opentelemetry/api" {
    export interface Span {
      setAttributes(attributes: { [name: string]: string | number | undefined }): this;
      addEvent(name: string, attributes: { [name: string]: number }): this;
      recordException(exception: Error): void;
      end(): void;
    }
    export const context: { active(): object };
    export const propagation: { inject(context: object, carrier: object): void };
    export const trace: { getTracer(name: string): { startSpan(name: string): Span } };
  }
`;

const environments: [string, object][] = [
  // Checks the declarations themselves, not only their use.
  ["browser", { lib: ["es2022", "dom"], types: ["./process.d.ts"], skipLibCheck: false }],
  ["Node", { lib: ["es2022"], types: ["node"] }],
];

describe("installed into an empty project", () => {
  let project: Awaited<ReturnType<typeof install>>;
  beforeAll(async () => {
    const linked = { "@types/node": "@types/node", undici: "undici" };
    project = await install([packed], { linked });
    await project.write("main.ts", program);
    await project.write("transport.ts", transport);
    return () => project[Symbol.asyncDispose]();
  });

  /** Returns the command's output, whether it succeeds or fails. */
  const run = (...[command, ...args]: [string, ...string[]]) =>
    exec(command, args, { cwd: project.directory }).then(
      ({ stdout, stderr }) => stdout + stderr,
      (error: { stdout: string; stderr: string }) => error.stdout + error.stderr,
    );

  async function compile(compilerOptions: object, files = ["main.ts", "transport.ts"]) {
    await project.write("tsconfig.json", {
      compilerOptions: {
        target: "es2022",
        module: "nodenext",
        moduleResolution: "nodenext",
        strict: true,
        exactOptionalPropertyTypes: true,
        ...compilerOptions,
      },
      files,
    });
    return run(process.execPath, tsc);
  }

  test.each(process.env.SWEEPS ? environments : environments.slice(0, 1))(
    "compiles a program with %s types only",
    async (_, compilerOptions) => {
      await project.write("process.d.ts", "declare const process: { argv: string[] };");
      expect(await compile(compilerOptions)).toBe("");
    },
  );

  test("compiles the samples of the README", async () => {
    const readme = await readFile(join(import.meta.dirname, "../README.md"), "utf8");
    const samples = [...readme.matchAll(/```ts\n([^]*?)```/g)].map(([, sample]) => sample!);
    expect(samples).toHaveLength(7);
    const files = samples.map((_, index) => `sample${index}.ts`);
    await Promise.all(files.map((name, index) => project.write(name, readable(samples[index]!))));
    await project.write("opentelemetry.d.ts", openTelemetry);
    const compilerOptions = { lib: ["es2022"], types: ["node"], noEmit: true };
    expect(await compile(compilerOptions, [...files, "opentelemetry.d.ts"])).toBe("");
  });

  test.each(nodes)("runs a program on %s", async (_, node) => {
    await compile({ lib: ["es2022"], types: ["node"] });
    await using server = await hostile("answers");
    expect(JSON.parse(await run(node!, "main.js", server.url))).toEqual([
      [expect.objectContaining({ qualification: "Education" })],
      [expect.objectContaining({ qualification: "Education" })],
      "Nonprofit",
    ]);
    expect(server.received.map(({ method }) => method)).toEqual(["GET", "POST", "GET"]);
    expect(server.received[0]?.headers.authorization).toBe("Bearer token");
  });

  test.each(nodes)("passes the portable cases on %s", async (_, node) => {
    await using server = await startPortableServer();
    const source = await portable("cases.js");
    await project.write("cases.js", source);
    await project.write("run.js", await portable("run.js"));
    const lines = (await run(node!, "run.js", server.url)).trim().split("\n");
    expect(lines.filter((line) => !line.startsWith("ok - "))).toEqual([]);
    expect(lines).toHaveLength(source.match(/^  async "/gm)!.length);
  });
});
