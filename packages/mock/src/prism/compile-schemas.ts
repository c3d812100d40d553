import core from "ajv/dist/core.js";
import type { OpenApiDocument, PrismOperation } from "./prism-operations.ts";

const dialect = "https://json-schema.org/draft/2020-12/schema";

type Message = { method: never; url: { path: string }; headers: Record<string, string>; body: {} };

/** Prism's validators, called only to compile their schemas. */
interface Validators {
  request(operation: PrismOperation, message: Message): void;
  response(
    operation: PrismOperation,
    response: PrismOperation["responses"][number],
    message: Pick<Message, "headers" | "body">,
  ): void;
}

/**
 * Makes Prism compile every schema of a document.
 *
 * Prism compiles a schema on first use, and if that fails, silently validates nothing from then on.
 * Using all schemas at startup reports such failures.
 *
 * @throws {Error} When a schema does not compile, or the contract has another dialect than 2020-12.
 */
export function compileSchemas(
  document: OpenApiDocument,
  operations: PrismOperation[],
  validators: Validators,
): void {
  if (/"(?:readOnly|writeOnly)":true/.test(JSON.stringify(operations))) {
    // Prism removes them where they do not belong, in a step that is skipped here.
    throw new Error("readOnly and writeOnly are not supported");
  }
  if (document.jsonSchemaDialect !== dialect) {
    // Prism would use draft 7, which ignores unknown keywords.
    throw new Error(`The contract must contain "jsonSchemaDialect: ${dialect}"`);
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

/** The class of Prism's validators, in the version that Prism has. */
const { prototype } = ("default" in core ? core.default : core) as {
  prototype: { compile: (schema: object) => unknown };
};

/** Runs Prism, and rethrows the compiler errors that Prism swallows. */
function watched(place: string, run: () => void): void {
  const { compile } = prototype;
  let failure: unknown;
  prototype.compile = function compileAndKeepError(this: unknown, ...args) {
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
