import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inspect, promisify } from "node:util";
import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import { err as pino, errWithCause } from "pino-std-serializers";
import { beforeAll, describe, expect, test } from "vitest";
import { errorFromJSON, PartnerCenterError } from "../src/index.ts";
import { customerId, failureOf, world } from "./world.ts";

// Foreign errors may contain secrets anywhere. No view, copy or report of a client error may show them,
// but the reason must stay readable.

const exec = promisify(execFile);
const canary = "canary-s3cr3t-0123456789";

/** An HTTP library's error, with the request, its headers and its response. */
function thrownByOthers(): Error {
  const inner = Object.assign(new Error(`connect with ${canary}`), {
    code: "ECONNREFUSED",
    syscall: "connect",
    config: { headers: { authorization: `Bearer ${canary}` } },
    [canary]: canary,
  });
  const error = new AggregateError([inner], `sent ${canary}`, { cause: inner });
  error.stack = `Error: ${canary}\n    at ${canary} (file:///${canary}.js:1:1)`;
  return Object.assign(error, {
    name: canary,
    response: { data: canary },
    toJSON: () => canary,
    [Symbol.toStringTag]: canary,
    [inspect.custom]: () => canary,
  });
}

async function failed(): Promise<Error[]> {
  const network = world([thrownByOthers()], { retry: { maxAttempts: 1 } });
  const token = world([], {
    credential: () => {
      throw thrownByOthers();
    },
  });
  const text = world([], {
    credential: () => {
      throw `no token for ${canary}`;
    },
  });
  return Promise.all(
    [network, token, text].map(({ client }) => failureOf(client.qualifications.list(customerId))),
  );
}

/** Returns everything reachable from a value, not only enumerable members. */
function everything(value: unknown, seen = new Set<unknown>()): string {
  if ((typeof value !== "object" && typeof value !== "function") || value === null)
    return String(value);
  if (seen.has(value)) return "";
  seen.add(value);
  const own = Reflect.ownKeys(value).map((key) => {
    const { value: member } = Reflect.getOwnPropertyDescriptor(value, key) ?? {};
    return `${String(key)} ${everything(member, seen)}`;
  });
  return own.join(" ");
}

const views: Record<string, (error: Error) => unknown> = {
  "its message": (error) => error.message,
  "its text": String,
  "its stack": (error) => error.stack,
  "console.log": (error) => inspect(error),
  "console.log of an object around it": (error) => inspect({ error }, { depth: null }),
  "util.inspect with everything": (error) =>
    inspect(error, { depth: null, showHidden: true, getters: false }),
  "util.inspect without customs": (error) =>
    inspect(error, { depth: null, showHidden: true, customInspect: false }),
  "JSON.stringify": (error) => JSON.stringify(error),
  "the support bundle": (error) => JSON.stringify((error as PartnerCenterError).toSupportBundle()),
  "its own members": (error) => everything(error),
  structuredClone: (error) => everything(structuredClone(error)),
  "a message to a worker": (error) => {
    const { port1, port2 } = new MessageChannel();
    port1.postMessage(error);
    const received = receiveMessageOnPort(port2);
    port1.close();
    return inspect(received, { depth: null, showHidden: true });
  },
  "pino's serializer": (error) => JSON.stringify(pino(error)),
  "pino's serializer with causes": (error) => JSON.stringify(errWithCause(error)),
};

describe("hides a secret in a cause from", () => {
  test.each(Object.entries(views))("%s", async (_, view) => {
    for (const error of await failed()) {
      const shown = String(view(error));
      expect(shown).not.toContain(canary);
      expect(shown.length).toBeGreaterThan(10);
    }
  });

  // These views need a separate process.
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "causes-"));
    return () => rm(directory, { recursive: true });
  });

  const dist = pathToFileURL(join(import.meta.dirname, "../dist/index.js")).href;
  const program = (ending: string) => `
    import { createQualificationsClient } from "${dist}";
    import { isMainThread, Worker } from "node:worker_threads";
    const cause = new Error("${canary}", { cause: { token: "${canary}" } });
    Object.assign(cause, { code: "ECONNREFUSED", syscall: "connect", secret: "${canary}" });
    const client = createQualificationsClient({
      credential: () => "${canary}",
      baseUrl: "https://partner-center.example",
      retry: { maxAttempts: 1 },
      fetch: async () => { throw cause; },
    });
    const list = () => client.qualifications.list("${customerId}");
    ${ending}
  `;

  test.each<[string, string]>([
    ["an unhandled rejection", "list();"],
    ["an uncaught error", "list().catch((error) => setTimeout(() => { throw error; }));"],
    [
      "console.error",
      "await list().catch((error) => { console.error(error); process.exitCode = 1; });",
    ],
    [
      "a worker's error",
      `if (isMainThread) {
         const worker = new Worker(new URL(import.meta.url));
         worker.on("error", (error) => { console.error(error); process.exitCode = 1; });
       } else await list();`,
    ],
  ])("%s", async (name, ending) => {
    const file = join(directory, `${name.replaceAll(/\W/g, "-")}.mjs`);
    await writeFile(file, program(ending));
    const { code, stdout, stderr } = await exec(process.execPath, [file]).catch((error) => error);
    expect(code).toBe(1);
    expect(stdout + stderr).toContain("ECONNREFUSED");
    expect(stdout + stderr).not.toContain(canary);
  });
});

test.each([
  ["ECONNREFUSED", { code: "ECONNREFUSED" }],
  ["ENOTFOUND", { cause: { code: "ENOTFOUND" } }],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", { cause: { code: "DEPTH_ZERO_SELF_SIGNED_CERT" } }],
  ["UND_ERR_HEADERS_TIMEOUT", { cause: { code: "UND_ERR_HEADERS_TIMEOUT" } }],
  ["ECONNRESET", { errors: [{ code: "ECONNRESET" }] }],
])("shows %s in the message and every readable view", async (code, members) => {
  const cause = Object.assign(new TypeError("fetch failed"), members);
  const { client } = world([cause], { retry: { maxAttempts: 1 } });
  const error = await failureOf(client.qualifications.list(customerId));
  for (const view of [error.message, inspect(error), JSON.stringify(error), String(error.stack)])
    expect(view).toContain(code);
});

test.each<[string, object, string]>([
  ["Entra's number", new Error("AADSTS700082: The refresh token has expired"), "AADSTS700082"],
  ["a known code", Object.assign(new Error("?"), { code: "EAI_AGAIN" }), "EAI_AGAIN"],
  [
    "the kind of error",
    Object.assign(new Error("?"), { name: "CredentialUnavailableError" }),
    "CredentialUnavailableError",
  ],
])("shows %s of a credential's failure in the message", async (_, thrown, expected) => {
  const { client } = world([], {
    credential: () => {
      throw thrown;
    },
  });
  const error = await failureOf(client.qualifications.list(customerId));
  expect(error.message).toContain(expected);
  expect(error.original).toBe(thrown);
});

test("restores an error's class and members from JSON", async () => {
  for (const error of await failed()) {
    const copy = errorFromJSON(JSON.parse(JSON.stringify(error)));
    expect(copy).toBeInstanceOf(PartnerCenterError);
    expect(copy).toBeInstanceOf(error.constructor);
    expect(copy.toJSON()).toEqual(JSON.parse(JSON.stringify(error)));
    expect(copy.name).toBe(error.name);
  }
});
