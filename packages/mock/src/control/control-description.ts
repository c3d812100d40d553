import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Contract } from "../contract.ts";
import { packageFile } from "../package-file.ts";

/** The OpenAPI description of what is under `/_mock/`, as it is written. */
export function controlDescriptionText(): string {
  return readFileSync(packageFile("control.openapi.yaml"), "utf8");
}

export function controlDescription(): Contract {
  return parse(controlDescriptionText()) as Contract;
}
