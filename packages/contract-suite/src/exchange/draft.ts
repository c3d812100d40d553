import type { Operation } from "../contract/operation.ts";

/** A request before it is written: its parts by their names, as texts. */
export interface Draft {
  method: string;
  /** The contract's path, with `{name}` where a parameter stands. */
  path: string;
  pathValues: Record<string, string>;
  query: [name: string, text: string][];
  headers: Record<string, string>;
  /** Undefined for a request without a body. */
  body?: string | undefined;
  /** The kind of token it goes with; the target's own when left out. */
  token?: Token | undefined;
}

/** `none` sends no header; the rest is the header's whole value. */
export type Token = { none: true } | { authorization: string };

/** The path and the query as they stand in the first line of the request. */
export function addressOf({ path, pathValues, query }: Draft): string {
  const filled = path.replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
    encodeURIComponent(pathValues[name] ?? ""),
  );
  const pairs = query.map(
    ([name, text]) => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`,
  );
  return pairs.length > 0 ? `${filled}?${pairs.join("&")}` : filled;
}

/** The headers that make a request one of JSON. */
export function jsonHeaders(operation: Operation, hasBody: boolean): Record<string, string> {
  const [mediaType = "application/json"] = Object.keys(operation.body?.content ?? {});
  return { Accept: "application/json", ...(hasBody && { "Content-Type": mediaType }) };
}
