/** The keys that name operations in relations. */
const places = new Set(["operation", "list", "reader"]);

function namedIn(node, key = "") {
  if (typeof node === "string") return places.has(key) ? [node] : [];
  if (key === "repeatable") return node;
  if (typeof node !== "object" || node === null) return [];
  // Request data and compared values do not name operations.
  if (["body", "schema", "equal"].includes(key)) return [];
  return Object.entries(node).flatMap(([name, part]) =>
    namedIn(part, Array.isArray(node) ? key : name),
  );
}

/** Requires every operation in a relation to exist; otherwise the relation would never be checked. */
export function relationsKnown() {
  const known = new Set();
  return {
    Operation({ operationId }) {
      known.add(operationId);
    },
    Root: {
      leave(root, { report, resolve, location: own }) {
        const { node, location = own } = resolve(root["x-relations"] ?? {});
        for (const [name, relation] of Object.entries(node ?? {})) {
          for (const id of namedIn(relation).filter((one) => !known.has(one))) {
            report({
              message: `The relation ${name} names ${id}, which is not an operation.`,
              location: location.child([name]).key(),
            });
          }
        }
      },
    },
  };
}
