import type { Method } from "./sample.ts";

/** One of the two calls, including parsing its response. */
export type Call = () => Promise<unknown>;

/** A contender's options; by default, it uses the global `fetch`. */
export interface Given {
  baseUrl: string;
  fetch?: () => Promise<Response>;
}
export type Contender = (given: Given) => Record<Method, Call>;

export const token = "token";
export const authorization = { Authorization: `Bearer ${token}` };
