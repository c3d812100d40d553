import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { parse } from "yaml";

const require = createRequire(import.meta.url);

/** The texts behind the keys that the contract rests on. */
export interface Background {
  sources: Record<string, { title: string; address: string; dated: string; read: string }>;
  facts: Record<string, { source: string; at: string; says: string }>;
  contradictions: Record<string, { matter: string; one: string; other: string; taken: string }>;
  assumptions: Record<string, string>;
}

/** The bundled document that all pages are made from. */
export const documentFile: string = require.resolve("@partner-qualifications/spec/openapi.json");

/** The executable workflows beside it. */
export const workflowDirectory = new URL("workflows/", pathToFileURL(documentFile));

export interface Workflow {
  file: string;
  summary: string;
  /** A value for each required input, for a mock without any state. */
  inputs: Record<string, string>;
}

export function readWorkflows(): Workflow[] {
  return readdirSync(workflowDirectory).map((file) => {
    const text = readFileSync(new URL(file, workflowDirectory), "utf8");
    const [{ summary, inputs }] = (
      parse(text) as {
        workflows: [
          {
            summary: string;
            inputs: { required: string[]; properties: Record<string, { examples: [string] }> };
          },
        ];
      }
    ).workflows;
    const values = inputs.required.map((name) => [
      name,
      inputs.properties[name]?.examples[0] ?? "",
    ]);
    return { file, summary, inputs: Object.fromEntries(values) as Record<string, string> };
  });
}

function read(name: string): unknown {
  return parse(readFileSync(require.resolve(`@partner-qualifications/spec/${name}.yaml`), "utf8"));
}

/** Returns the facts, contradictions and assumptions that the contract's keys name. */
export function readBackground(): Background {
  return {
    ...(read("evidence") as Pick<Background, "sources" | "facts">),
    contradictions: read("contradictions") as Background["contradictions"],
    assumptions: read("assumptions") as Background["assumptions"],
  };
}
