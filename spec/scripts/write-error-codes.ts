// Writes the schema of the known error codes from the catalog, the only list of codes.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parse, stringify } from "yaml";

const root = new URL("../", import.meta.url);
const directory = new URL("schemas/generated/", root);
const catalog = parse(readFileSync(new URL("errors.yaml", root), "utf8")) as { code: string }[];
mkdirSync(directory, { recursive: true });
writeFileSync(
  new URL("KnownApiFaultCode.yaml", directory),
  stringify({
    type: "string",
    description:
      "The catalog's codes that can apply here, and those in recorded responses. The service may return others.",
    "x-evidence": ["error-catalogue", "error-catalogue-newer"],
    enum: catalog.map(({ code }) => code),
    example: "20002",
  }),
);
