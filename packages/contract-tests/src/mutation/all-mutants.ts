import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { clientMutants } from "./by-hand/client.ts";
import { handMadeContractMutants } from "./by-hand/contract.ts";
import { simulatorMutants } from "./by-hand/simulator.ts";
import {
  comparisons,
  connectives,
  guards,
  headers,
  numbers,
  statuses,
} from "./by-rule/code-rules.ts";
import { contractMutants } from "./by-rule/contract-rules.ts";
import { mutantsByRule } from "./by-rule/sites-to-mutants.ts";
import { type Mutant, type Part, PatchError } from "./mutant.ts";

/** The parts of the mock that decide on an answer. How it is started, moved and watched is not meant. */
const deciding = [
  "answer-request",
  "handler",
  "perform",
  "play",
  "read-body",
  "refuse-body",
  "refuse-violations",
  "remembered-answers",
  "simulator/conflict",
  "simulator/customers",
  "simulator/rate-limit",
  "simulator/simulator",
  "simulator/throttle",
  "simulator/validation-codes",
  "simulator/vetting",
  "token",
].map((name) => `src/${name}.ts`);

const [client, http] = ["packages/client/dist/index.js", "packages/client/dist/http.js"] as const;
/** The contract as the suite reads it; the mock keeps the real one. */
export const contractOfTheSuite = "spec-of-the-suite/dist/openapi.json";

/** Defects by hand, and all that the rules find places for. */
export interface Mutants {
  byHand: Mutant[];
  /** By the part and the rule. */
  byRule: Map<string, Mutant[]>;
}

/**
 * Finds every defect that can be planted in what was built.
 *
 * @param root Of the repository, or of a copy.
 * @throws {PatchError} When a place is no longer there.
 */
export function allMutants(root: string): Mutants {
  const read = (file: string) => readFileSync(join(root, file), "utf8");
  const built = (part: Part, file: string) => ({ part, file, text: read(file) });
  const simulator = builtSimulator(root);
  const contract = read("spec/dist/openapi.json");
  const names = headerNames(contract);
  const rules = [
    ...mutantsByRule({
      part: "simulator",
      file: simulator,
      text: read(simulator),
      rules: { comparisons, connectives, guards, statuses, numbers, headers: headers(names) },
      sources: deciding,
    }),
    ...mutantsByRule({
      part: "client",
      file: client,
      text: read(client),
      rules: { statuses, headers: headers(new Set([...names, "authorization", "accept"])) },
    }),
    ...contractMutants(contractOfTheSuite, contract),
  ];
  const byHand = [
    ...simulatorMutants(built("simulator", simulator)),
    ...clientMutants(built("client", client), built("client", http)),
    ...handMadeContractMutants(contractOfTheSuite),
  ];
  const texts = new Map([[contractOfTheSuite, contract]]);
  for (const { file, patch, defect } of byHand) {
    const text = texts.get(file) ?? read(file);
    // Found now, and not in the middle of a long run.
    if (patch(text) === text) throw new PatchError(defect, "it changes nothing");
  }
  const byRule = new Map<string, Mutant[]>();
  for (const mutant of rules) {
    const name = mutant.id.slice(0, mutant.id.indexOf(":"));
    byRule.set(name, [...(byRule.get(name) ?? []), mutant]);
  }
  return { byHand, byRule };
}

/** The file of the mock that holds the simulator; the bundler gives it a name of its own. */
function builtSimulator(root: string): string {
  const folder = "packages/mock/dist";
  const [found, ...more] = readdirSync(join(root, folder)).filter(
    (name) =>
      name.endsWith(".js") &&
      readFileSync(join(root, folder, name), "utf8").includes("src/simulator/vetting.ts"),
  );
  if (!found || more.length > 0)
    throw new PatchError("the simulator", `is not one file of ${folder}`);
  return `${folder}/${found}`;
}

function headerNames(contract: string): Set<string> {
  const { components } = JSON.parse(contract) as {
    components: {
      headers: Record<string, object>;
      parameters: Record<string, { in: string; name: string }>;
    };
  };
  const sent = Object.values(components.parameters).filter(
    (parameter) => parameter.in === "header",
  );
  const names = [
    ...Object.keys(components.headers),
    ...sent.map(({ name }) => name),
    "content-type",
  ];
  return new Set(names.map((name) => name.toLowerCase()));
}
