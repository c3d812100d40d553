import { readFileSync } from "node:fs";
import type { Contract } from "../prism/contract.ts";
import { packageFile } from "../package-file.ts";

/** The OpenAPI description of what is under `/_mock/`, as it is written. */
export function controlDescriptionText(): string {
  return readFileSync(packageFile("control.openapi.yaml"), "utf8");
}

export async function controlDescription(): Promise<Contract> {
  // Not before it is needed: most runs never are controlled.
  const { parse } = await import("yaml");
  return parse(controlDescriptionText()) as Contract;
}
