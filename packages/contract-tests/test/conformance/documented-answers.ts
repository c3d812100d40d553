import { contract, type Json, type Operation } from "@partner-qualifications/spec/model";

export const { operations } = contract;

/** A documented response in one media type. */
export interface DocumentedAnswer {
  operationId: string;
  status: number;
  mediaType: string;
  /** By name in the contract. */
  examples: Record<string, Json>;
}

/** Returns all documented responses of an operation, in each of their media types. */
export function answersOf({ id, responses }: Operation): DocumentedAnswer[] {
  return Object.entries(responses).flatMap(([status, { content }]) =>
    Object.entries(content).map(([mediaType, { examples }]) => ({
      operationId: id,
      status: Number(status),
      mediaType,
      examples: Object.fromEntries(
        Object.entries(examples).map(([name, { value }]) => [name, value]),
      ),
    })),
  );
}
