import { assumptions, contradictions, facts } from "./sources.js";

function demand(what, node, { report, location }) {
  if (node["x-evidence"]?.length > 0) return;
  report({ message: `${what} has no x-evidence.`, location });
}

/**
 * Requires every operation, property, response and error code to name an existing source, and every
 * contradiction between the sources to be mentioned where it applies.
 */
export function sourcesNamed() {
  const mentioned = new Set();
  const places = new Map();
  let properties = 0;

  function check(node, { report, location }) {
    for (const [index, key] of (node["x-evidence"] ?? []).entries()) {
      mentioned.add(key);
      if (key in facts || key in contradictions) continue;
      report({
        message: `x-evidence names "${key}", which neither evidence.yaml nor contradictions.yaml has.`,
        location: location.child(["x-evidence", index]),
      });
    }
    for (const [index, key] of (node["x-assumption"] ?? []).entries()) {
      mentioned.add(key);
      if (key in assumptions) continue;
      report({
        message: `x-assumption names "${key}", which assumptions.yaml does not have.`,
        location: location.child(["x-assumption", index]),
      });
    }
  }

  return {
    any: {
      enter(node, ctx) {
        if (typeof node === "object" && node !== null) check(node, ctx);
      },
    },
    Operation(node, ctx) {
      demand(`The operation ${node.operationId}`, node, ctx);
    },
    Response(node, ctx) {
      demand("The answer", node, ctx);
    },
    Schema(node, { report, location }) {
      for (const [name, property] of Object.entries(node.properties ?? {})) {
        const at = { report, location: location.child(["properties", name]) };
        properties++;
        demand(`The property ${name}`, property, { report, location: at.location.key() });
        // A property beside a $ref is not a separate node for `any`.
        if (property.$ref !== undefined) check(property, at);
        for (const key of property["x-evidence"] ?? []) places.set(key, (places.get(key) ?? 0) + 1);
      }
    },
    Root: {
      enter(root, ctx) {
        const extensions = [
          ctx.resolve(root["x-error-catalog"] ?? []),
          ctx.resolve(root["x-relations"] ?? {}),
          ...Object.values(root.components?.securitySchemes ?? {}).map((scheme) =>
            ctx.resolve(scheme["x-environments"] ?? {}),
          ),
        ];
        for (const { node, location } of extensions) {
          for (const [key, entry] of Object.entries(node ?? {})) {
            const at = { report: ctx.report, location: (location ?? ctx.location).child([key]) };
            check(entry, at);
            demand("The entry", entry, at);
          }
        }
      },
      leave(_, { report, location }) {
        for (const [key, count] of places) {
          if (properties < 12 || count <= properties / 3) continue;
          report({
            message: `The fact "${key}" is the evidence of ${count} of ${properties} properties, which is too many to be evidence.`,
            location,
          });
        }
        for (const key of [contradictions, assumptions, facts].flatMap(Object.keys)) {
          if (!mentioned.has(key)) {
            report({ message: `Nothing in the contract mentions "${key}".`, location });
          }
        }
      },
    },
  };
}
