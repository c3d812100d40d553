import { readFileSync } from "node:fs";
import { parse } from "yaml";

const read = (name) => parse(readFileSync(new URL(`../${name}.yaml`, import.meta.url), "utf8"));

/** The keys allowed in x-evidence and x-assumption. */
export const facts = read("evidence").facts;
export const contradictions = read("contradictions");
export const assumptions = read("assumptions");
