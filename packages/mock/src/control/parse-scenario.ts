import type { Document } from "yaml";
import type { Contract } from "../prism/contract.ts";
import type { Violation } from "../prism/violations.ts";
import type { Scenario } from "../world/scenario.ts";
import { controlDescription } from "./description.ts";
import { controlPrism } from "./control-prism.ts";

/**
 * Reads a scenario from YAML or JSON.
 *
 * @throws {RangeError} With the line of each mistake, and the values or names that may stand there.
 */
export async function parseScenario(text: string): Promise<Scenario> {
  const { LineCounter, parseDocument } = await import("yaml");
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [broken] = document.errors;
  if (broken) throw new RangeError(`line ${lines.linePos(broken.pos[0]).line}: ${broken.message}`);

  const value = readValue(document);
  const violations = await violationsOf(value);
  if (violations.length === 0) return value;
  const description = await controlDescription();
  throw new RangeError(
    violations
      .map((violation) => {
        const offset = offsetOf(document, violation);
        const at = offset === undefined ? 1 : lines.linePos(offset).line;
        return `line ${at}: ${explain(description, violation)}`;
      })
      .join("\n"),
  );
}

/**
 * Checks a scenario that comes from a program as one that comes from a file.
 *
 * @throws {RangeError} With each mistake, and the values or names that may stand there.
 */
export async function checkScenario(scenario: object): Promise<void> {
  const violations = await violationsOf(scenario);
  if (violations.length === 0) return;
  const description = await controlDescription();
  throw new RangeError(violations.map((one) => explain(description, one)).join("\n"));
}

async function violationsOf(scenario: object): Promise<Violation[]> {
  const prism = await controlPrism();
  const operation = prism.operations.find(({ iid }) => iid === "loadScenario");
  if (!operation) throw new Error("control.openapi.yaml has no loadScenario");
  return prism.checkRequest(operation, {
    path: {},
    query: {},
    headers: { "content-type": "application/yaml" },
    body: scenario,
  });
}

/** @throws {RangeError} For an alias without an anchor, or aliases that multiply beyond measure. */
function readValue(document: Document): Scenario {
  try {
    return (document.toJS({ maxAliasCount: 100 }) ?? {}) as Scenario;
  } catch (error) {
    throw new RangeError((error as Error).message, { cause: error });
  }
}

/** Where the value stands, or the name that is not known. */
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

function explain(description: Contract, { path, message }: Violation): string {
  const place = path.slice(1).join(".");
  const unknown = unknownNameIn(message);
  if (unknown !== undefined) {
    const names = namesAt(description, path.slice(1));
    return `${place ? `${place} has` : "There is"} no "${unknown}"; known are ${names.join(", ")}`;
  }
  return message.replace(/^Request body (property )?/, "");
}

/** The members that the description has at a place of a scenario. */
function namesAt({ components }: Contract, path: string[]): string[] {
  const follow = (schema: Contract): Contract =>
    typeof schema.$ref === "string"
      ? (components.schemas[schema.$ref.replace("#/components/schemas/", "")] as Contract)
      : schema;
  let schema = follow(components.schemas.Scenario as Contract);
  for (const part of path) schema = follow(schema.items ?? schema.properties?.[part] ?? {});
  return Object.keys(schema.properties ?? {});
}
