import { asSchema, type Schema } from "@partner-qualifications/spec/model";
import type { Document } from "yaml";
import type { Violation } from "../prism/violations.ts";
import type { Scenario } from "../world/scenario.ts";
import { controlPrism } from "./description.ts";

/**
 * Reads a scenario from YAML or JSON.
 *
 * @throws {RangeError} With the line of each mistake, and the values or names that are allowed there.
 */
export async function parseScenario(text: string): Promise<Scenario> {
  const { LineCounter, parseDocument } = await import("yaml");
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [broken] = document.errors;
  if (broken) throw new RangeError(`line ${lines.linePos(broken.pos[0]).line}: ${broken.message}`);

  const value = readValue(document);
  const { schema, violations } = await check(value);
  if (violations.length === 0) return value;
  throw new RangeError(
    violations
      .map((violation) => {
        const offset = offsetOf(document, violation);
        const at = offset === undefined ? 1 : lines.linePos(offset).line;
        return `line ${at}: ${explain(schema, violation)}`;
      })
      .join("\n"),
  );
}

/**
 * Checks a scenario from a program like one from a file.
 *
 * @throws {RangeError} With each mistake, and the values or names that are allowed there.
 */
export async function checkScenario(scenario: object): Promise<void> {
  const { schema, violations } = await check(scenario);
  if (violations.length === 0) return;
  throw new RangeError(violations.map((one) => explain(schema, one)).join("\n"));
}

/** Checks a scenario as the body of `loadScenario`. */
async function check(scenario: object): Promise<{ schema: Schema; violations: Violation[] }> {
  const prism = await controlPrism();
  const { contract } = prism;
  const operation = contract.operations.find(({ id }) => id === "loadScenario");
  const [[mediaType, media] = []] = Object.entries(operation?.body?.content ?? {});
  if (!operation || !mediaType || !media)
    throw new Error("control.openapi.yaml has no loadScenario");
  const violations = prism.checkRequest(operation, {
    path: {},
    query: {},
    headers: { "content-type": mediaType },
    body: scenario,
  });
  return { schema: contract.expand(media.schema), violations };
}

/** @throws {RangeError} For an alias without an anchor, or aliases that multiply excessively. */
function readValue(document: Document): Scenario {
  try {
    return (document.toJS({ maxAliasCount: 100 }) ?? {}) as Scenario;
  } catch (error) {
    throw new RangeError((error as Error).message, { cause: error });
  }
}

/** Returns the position of an invalid value or an unknown name. */
function offsetOf(document: Document, { path, message }: Violation): number | undefined {
  const members = path.slice(1).map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  const unknown = unknownNameIn(message);
  const node = document.getIn(members, true) as
    | { range?: [number]; items?: { key?: { value?: unknown; range?: [number] } }[] }
    | undefined;
  const pair = node?.items?.find(({ key }) => unknown !== undefined && key?.value === unknown);
  return (pair?.key ?? node)?.range?.[0];
}

function unknownNameIn(message: string): string | undefined {
  return /; found '(.*)'$/.exec(message)?.[1];
}

function explain(schema: Schema, { path, message }: Violation): string {
  const place = path.slice(1).join(".");
  const unknown = unknownNameIn(message);
  if (unknown !== undefined) {
    const names = namesAt(schema, path.slice(1));
    return `${place ? `${place} has no` : "Unknown"} member "${unknown}"; valid members are ${names.join(", ")}`;
  }
  return message.replace(/^Request body (property )?/, "");
}

/** Returns the members that a scenario can have at a place. */
function namesAt(scenario: Schema, path: string[]): string[] {
  let schema = scenario;
  for (const part of path) schema = asSchema(schema.items ?? asSchema(schema.properties)[part]);
  return Object.keys(asSchema(schema.properties));
}
