import { InvalidRequestError } from "./errors/errors.ts";

/** @throws {InvalidRequestError} When an argument is not a GUID. */
export function checkGuid(argument: string, value: unknown): void {
  if (typeof value !== "string" || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) {
    throw new InvalidRequestError(argument, "must be a GUID");
  }
}

/** @throws {InvalidRequestError} When a given argument is not a positive number. */
export function checkPositive(argument: string, value: unknown): void {
  if (value !== undefined && !(typeof value === "number" && value > 0)) {
    throw new InvalidRequestError(
      argument,
      `must be a number above 0, not ${typeof value === "number" ? value : typeof value}`,
    );
  }
}

/** @throws {InvalidRequestError} When the options have an unknown member. */
export function checkNames(argument: string, options: object, names: readonly string[]): void {
  for (const name in options) {
    if (!names.includes(name)) {
      throw new InvalidRequestError(
        `${argument}.${name}`,
        `is not known; there are ${names.join(", ")}`,
      );
    }
  }
}
