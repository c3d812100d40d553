import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parse } from "yaml";

/** An unusual response that a client must accept. */
export interface Tolerance {
  operation: string;
  answer: { status: number; headers?: Record<string, string>; body: string };
  /** The client's result. */
  read: unknown;
}

/** An invalid request with its refusal. */
export interface Refused {
  operation?: string;
  /** Bodies of requests that must succeed first. */
  before?: string[];
  request: { method: string; path: string; headers?: Record<string, string>; body?: string };
  answer: { status: number; body: Record<string, unknown> };
}

/** A complete valid request, for what a body alone does not show. */
export interface Accepted {
  operation: string;
  request: { method: string; path: string; body?: string };
  answer: { status: number; body: Record<string, unknown> | string };
}

/** The contract's unusual responses, by name. */
export const toleranceExamples = read<Tolerance>("tolerance");
/** The contract's invalid requests, by name. */
export const refusedExamples = read<Refused>("refused");
/** The contract's complete valid requests, by name. */
export const acceptedExamples = read<Accepted>("accepted");

function read<T>(folder: string): [string, T][] {
  const { resolve } = createRequire(import.meta.url);
  const contract = new URL(`file://${resolve("@partner-qualifications/spec/openapi.json")}`);
  const directory = new URL(`../examples/${folder}/`, contract);
  return readdirSync(directory).map((file) => {
    const text = readFileSync(new URL(file, directory), "utf8");
    return [file.replace(".yaml", ""), parse(text) as T];
  });
}
