import { createPrism, type Prism } from "../prism/prism.ts";
import { controlDescription } from "./description.ts";

let shared: Promise<Prism> | undefined;

/** Prism for what is under `/_mock/`. Its description is read when somebody first asks for it. */
export function controlPrism(): Promise<Prism> {
  shared ??= controlDescription().then(createPrism);
  return shared;
}
