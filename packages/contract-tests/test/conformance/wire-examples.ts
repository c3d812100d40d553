import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parse } from "yaml";

/** An odd answer that a client must survive. */
export interface Tolerance {
  operation: string;
  answer: { status: number; headers?: Record<string, string>; body: string };
  /** What the client makes of it. */
  read: unknown;
}

/** A request with the refusal that it gets. */
export interface Refused {
  operation?: string;
  /** Bodies that are sent, and taken, before. */
  before?: string[];
  request: { method: string; path: string; headers?: Record<string, string>; body?: string };
  answer: { status: number; body: Record<string, unknown> };
}

/** A whole request that is accepted, for what a body alone does not show. */
export interface Accepted {
  operation: string;
  request: { method: string; path: string; body?: string };
  answer: { status: number; body: Record<string, unknown> | string };
}

/** The contract's odd answers, with their names. */
export const toleranceExamples = read<Tolerance>("tolerance");
/** The contract's refused requests, with their names. */
export const refusedExamples = read<Refused>("refused");
/** The contract's whole requests that are accepted, with their names. */
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
