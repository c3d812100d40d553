import { readFileSync } from "node:fs";
import type { OpenApiDocument } from "../prism/prism-operations.ts";
import { createPrismOfTested, type Prism } from "../prism/prism.ts";

/** The description, which the build puts in here. */
declare const CONTROL_DESCRIPTION: string | undefined;

/** Returns the source of the OpenAPI description of `/_mock/`. */
export function controlDescriptionText(): string {
  return typeof CONTROL_DESCRIPTION === "string"
    ? CONTROL_DESCRIPTION
    : readFileSync(new URL("../../control.openapi.yaml", import.meta.url), "utf8");
}

export async function controlDescription(): Promise<OpenApiDocument> {
  // Loaded on demand: most runs never use the control API.
  const { parse } = await import("yaml");
  return parse(controlDescriptionText()) as OpenApiDocument;
}

let shared: Promise<Prism> | undefined;

/** Returns Prism for `/_mock/`. The first call reads the description. */
export function controlPrism(): Promise<Prism> {
  shared ??= controlDescription().then((document) => createPrismOfTested(document));
  return shared;
}
