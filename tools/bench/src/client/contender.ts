import type { Method } from "./sample.ts";

/** One of the two calls, made and its answer parsed. */
export type Call = () => Promise<unknown>;

/** What a contender is built with; without `fetch` it takes the global one. */
export interface Given {
  baseUrl: string;
  fetch?: () => Promise<Response>;
}
export type Contender = (given: Given) => Record<Method, Call>;

export const token = "token";
export const authorization = { Authorization: `Bearer ${token}` };
