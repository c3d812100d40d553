import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { parse } from "yaml";
import { type Contract, readContract } from "../contract/read-contract.ts";
import { ContractError } from "../errors.ts";

/**
 * Reads a contract from a file, or this project's own.
 *
 * @throws {ContractError} When the file is not there, cannot be parsed, or is no contract.
 */
export async function loadContract(file: string | undefined): Promise<Contract> {
  const path =
    file ?? createRequire(import.meta.url).resolve("@partner-qualifications/spec/openapi.json");
  try {
    const text = await readFile(path, "utf8");
    return readContract(/\.json$/i.test(path) ? JSON.parse(text) : parse(text));
  } catch (error) {
    const [line] = (error as Error).message.split("\n");
    throw new ContractError(`the contract ${path} cannot be read: ${line}`);
  }
}
