import type { components } from "../generated/schemas.ts";

/** One thing that a customer is recognized as, or is being vetted for. */
export type CustomerQualification = components["schemas"]["CustomerQualification"];

/** The guides answer with a bare array, an early one and the official Swagger wrap it (C4). */
export function readQualifications(body: unknown): CustomerQualification[] | undefined {
  const { qualifications } = (body ?? {}) as { qualifications?: unknown };
  const items = Array.isArray(body) ? body : qualifications;
  if (!Array.isArray(items)) return undefined;
  const read = items.map(readQualification);
  return read.every((item) => item !== undefined) ? read : undefined;
}

/** The guides spell the date's name in two ways (C1). */
export function readQualification(item: unknown): CustomerQualification | undefined {
  const { qualification } = (item ?? {}) as { qualification?: unknown };
  if (typeof qualification !== "string") return undefined;
  const own = item as CustomerQualification & { vettingCreatedDate?: string };
  if (own.vettingCreatedDate === undefined) return own;
  const { vettingCreatedDate, ...rest } = own;
  return { vettingCreateDate: vettingCreatedDate, ...rest };
}
