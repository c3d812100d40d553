import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";

const folders = ["paths", "schemas", "parameters", "headers", "responses", "policies", "examples"];

/** Reports component files without references. */
export function filesUsed() {
  const used = new Set();
  return {
    any: {
      enter(_, { location }) {
        used.add(location.source.absoluteRef);
      },
    },
    Operation(operation, ctx) {
      // Extensions are not separate nodes.
      for (const extension of ["x-retry", "x-idempotency"]) {
        const { location } = ctx.resolve(operation[extension] ?? {});
        if (location) used.add(location.source.absoluteRef);
      }
    },
    SecurityScheme(scheme, ctx) {
      const { location } = ctx.resolve(scheme["x-environments"] ?? {});
      if (location) used.add(location.source.absoluteRef);
    },
    Root: {
      leave(_, { report, location }) {
        const root = dirname(location.source.absoluteRef);
        for (const folder of folders) {
          for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
            if (!entry.isFile() || used.has(join(root, folder, entry.name))) continue;
            report({ message: `${folder}/${entry.name}:1 is not used.`, location });
          }
        }
      },
    },
  };
}
