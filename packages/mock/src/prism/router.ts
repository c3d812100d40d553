import router from "@stoplight/prism-http/dist/router/index.js";
import type { Operation } from "@partner-qualifications/spec/model";
import type { PrismOperation } from "./prism-operations.ts";

// Node and Vitest disagree on the default export of CommonJS.
const routeTo = ("default" in router ? router.default : router) as typeof router.default;

/** The operation of a request; undefined when its path is unknown. */
export type Route =
  | { operation: Operation }
  /** The path exists, but not with this method. */
  | { allow: string[] }
  | undefined;

/** Returns the methods of all operations, with the HEAD of each GET, in alphabetical order. */
export function methodsOf(operations: readonly Operation[]): string[] {
  const methods = new Set(operations.map(({ method }) => method));
  if (methods.has("GET")) methods.add("HEAD");
  return [...methods].toSorted();
}

/** Creates a router that caches Prism's, which takes longer than everything else. */
export function routerOf(
  operations: ReadonlyMap<Operation, PrismOperation>,
): (method: string, path: string) => Route {
  const resources = [...operations.values()];
  const operationOf = new Map([...operations].map(([operation, prisms]) => [prisms, operation]));
  const find = (method: string, path: string): Operation | undefined => {
    const found = routeTo({
      resources,
      input: { method: method.toLowerCase() as never, url: { path } },
    });
    return found._tag === "Right" ? operationOf.get(found.right as PrismOperation) : undefined;
  };
  const literals = new Set(resources.flatMap(({ path }) => path.split("/")));
  const known = new Map<string, Operation>();
  return (method, path) => {
    // All values of a parameter are routed the same way.
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
      // Not cached if percent-encoded: there are endless encodings.
      if (!shape.includes("%")) known.set(`${method} ${shape}`, operation);
      return { operation };
    }
    const allow = methodsOf([...operations.keys()]).filter((other) =>
      find(other === "HEAD" ? "GET" : other, path),
    );
    return allow.length > 0 ? { allow } : undefined;
  };
}
