import { createRequire } from "node:module";
import type { Contract } from "./contract.ts";
import type { Operation } from "./prism-operations.ts";

const dialect = "https://json-schema.org/draft/2020-12/schema";

type Message = { method: never; url: { path: string }; headers: Record<string, string>; body: {} };

/** Prism's validators, of which only the compiling is wanted. */
interface Validators {
  request(operation: Operation, message: Message): void;
  response(
    operation: Operation,
    response: Operation["responses"][number],
    message: Pick<Message, "headers" | "body">,
  ): void;
}

/**
 * Has Prism compile every schema of a contract.
 *
 * Prism compiles a schema when it first meets it, and when that fails it checks nothing from then on,
 * without a word. So it is made to meet them all, under the eyes of whoever starts it.
 *
 * @throws {Error} When a schema does not compile, or the contract has another dialect than 2020-12.
 */
export function compileSchemas(
  contract: Contract,
  operations: Operation[],
  validators: Validators,
): void {
  if (/"(?:readOnly|writeOnly)":true/.test(JSON.stringify(operations))) {
    // Prism drops them where they do not belong, in a step that is left out here.
    throw new Error("readOnly and writeOnly are not supported");
  }
  if (contract.jsonSchemaDialect !== dialect) {
    // Prism would take draft 7, which does not know some keywords and ignores what it does not know.
    throw new Error(`The contract must say "jsonSchemaDialect: ${dialect}"`);
  }
  const headers = { "content-type": "application/json", "content-length": "2" };
  const message = { headers, body: {} };
  for (const operation of operations) {
    const name = operation.iid ?? operation.path;
    watched(`${name} request`, () =>
      validators.request(operation, {
        ...message,
        method: operation.method as never,
        url: { path: operation.path },
      }),
    );
    for (const response of operation.responses) {
      watched(`${name} ${response.code}`, () => validators.response(operation, response, message));
    }
  }
}

/** The very class that Prism's validators are instances of. */
const { default: Ajv } = createRequire(
  createRequire(import.meta.url).resolve("@stoplight/prism-http/dist/index.js"),
)("ajv/dist/core.js") as { default: { prototype: { compile: (schema: object) => unknown } } };

/** Runs Prism, and throws what its compiler throws, which Prism itself keeps quiet about. */
function watched(place: string, run: () => void): void {
  const { prototype } = Ajv;
  const { compile } = prototype;
  let failure: unknown;
  prototype.compile = function compileAndTell(this: unknown, ...args) {
    try {
      return compile.apply(this, args);
    } catch (error) {
      failure ??= error;
      throw error;
    }
  };
  try {
    run();
  } finally {
    prototype.compile = compile;
  }
  if (failure !== undefined) {
    const { message } = failure as Error;
    throw new Error(`A schema of ${place} does not compile: ${message}`, { cause: failure });
  }
}
