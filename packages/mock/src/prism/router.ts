import { createRequire } from "node:module";
import type { PrismOperation } from "./prism-operations.ts";

const { default: routeTo } = createRequire(import.meta.url)(
  "@stoplight/prism-http/dist/router/index.js",
) as typeof import("@stoplight/prism-http/dist/router/index.js");

/** The operation of a request; undefined when its path is unknown. */
export type Route =
  | { operation: PrismOperation }
  /** The path is known, but not with this method. */
  | { allow: string[] }
  | undefined;

/** Returns the methods of all operations, with the HEAD of each GET, in alphabetical order. */
export function methodsOf(operations: readonly PrismOperation[]): string[] {
  const methods = new Set(operations.map(({ method }) => method.toUpperCase()));
  if (methods.has("GET")) methods.add("HEAD");
  return [...methods].toSorted();
}

/** Creates a router that calls Prism's once for each operation: Prism's takes longer than everything else. */
export function routerOf(operations: PrismOperation[]): (method: string, path: string) => Route {
  const find = (method: string, path: string): PrismOperation | undefined => {
    const found = routeTo({
      resources: operations,
      input: { method: method.toLowerCase() as never, url: { path } },
    });
    return found._tag === "Right" ? found.right : undefined;
  };
  const literals = new Set(operations.flatMap(({ path }) => path.split("/")));
  const known = new Map<string, PrismOperation>();
  return (method, path) => {
    // To the router all values of a parameter are the same.
    const shape = path
      .split("/")
      .map((part) => (literals.has(part) || part.includes("%") ? part : "*"))
      .join("/");
    // A GET answers HEAD too (RFC 9110, 9.3.2).
    const operation =
      known.get(`${method} ${shape}`) ??
      find(method, path) ??
      (method === "HEAD" ? find("GET", path) : undefined);
    if (operation) {
      // An encoded part may be a literal or not, and there are endless encodings.
      if (!shape.includes("%")) known.set(`${method} ${shape}`, operation);
      return { operation };
    }
    const allow = methodsOf(operations).filter((other) =>
      find(other === "HEAD" ? "GET" : other, path),
    );
    return allow.length > 0 ? { allow } : undefined;
  };
}
