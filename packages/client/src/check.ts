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

/** @throws {InvalidRequestError} When the options have an unknown member. The error suggests a similar name. */
export function checkNames(argument: string, options: object, names: readonly string[]): void {
  for (const name in options) {
    if (names.includes(name)) continue;
    const meant = names.reduce((best, next) =>
      likeness(name, next) > likeness(name, best) ? next : best,
    );
    const start = likeness(name, meant) < 0.4 ? "valid" : `did you mean ${meant}? Valid`;
    throw new InvalidRequestError(
      `${argument}.${name}`,
      `is unknown; ${start} names are ${names.join(", ")}`,
    );
  }
}

/** Returns how much two names have in common, by their pairs of letters: from 0 to 1. */
function likeness(name: string, other: string): number {
  const common = pairsOf(name).filter((pair) => pairsOf(other).includes(pair));
  return (2 * common.length) / (name.length + other.length - 2);
}

const pairsOf = (name: string): string[] =>
  Array.from(name.slice(1), (_, at) => name.slice(at, at + 2).toLowerCase());
