import { createRequire } from "node:module";
import type { Operation } from "./prism-operations.ts";

const { default: routeTo } = createRequire(import.meta.url)(
  "@stoplight/prism-http/dist/router/index.js",
) as typeof import("@stoplight/prism-http/dist/router/index.js");

/** Where a request leads; undefined when its path is not known. */
export type Route =
  | { operation: Operation }
  /** The path is known, but not with this method. */
  | { allow: string[] }
  | undefined;

/** The methods that some operation has, with the HEAD of each GET, in the order of the alphabet. */
export function methodsOf(operations: readonly Operation[]): string[] {
  const methods = new Set(operations.map(({ method }) => method.toUpperCase()));
  if (methods.has("GET")) methods.add("HEAD");
  return [...methods].toSorted();
}

/** Prism's router, asked once for each operation: it takes longer than everything else. */
export function routerOf(operations: Operation[]): (method: string, path: string) => Route {
  const find = (method: string, path: string): Operation | undefined => {
    const found = routeTo({
      resources: operations,
      input: { method: method.toLowerCase() as never, url: { path } },
    });
    return found._tag === "Right" ? found.right : undefined;
  };
  const literals = new Set(operations.flatMap(({ path }) => path.split("/")));
  const known = new Map<string, Operation>();
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
      // An encoded part may be a literal or not, and there is no end of them.
      if (!shape.includes("%")) known.set(`${method} ${shape}`, operation);
      return { operation };
    }
    const allow = methodsOf(operations).filter((other) =>
      find(other === "HEAD" ? "GET" : other, path),
    );
    return allow.length > 0 ? { allow } : undefined;
  };
}
