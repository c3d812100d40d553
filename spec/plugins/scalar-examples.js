const scalars = new Set(["string", "integer", "number", "boolean"]);

function isScalar(schema, ctx) {
  if (schema.$ref !== undefined) return isScalar(ctx.resolve(schema).node ?? {}, ctx);
  if (schema.anyOf) return schema.anyOf.every((member) => isScalar(member, ctx));
  return [schema.type].flat().some((type) => scalars.has(type));
}

function demand(schema, ctx, location) {
  const resolved = schema.$ref === undefined ? schema : ctx.resolve(schema).node;
  if (!resolved || !isScalar(resolved, ctx)) return;
  if (schema.example === undefined && resolved.example === undefined) {
    ctx.report({ message: "A scalar needs an example.", location: location.key() });
  }
}
const ofSchema = (node, ctx) => {
  if (node.schema) demand(node.schema, ctx, ctx.location.child(["schema"]));
};

/** Requires an example of every scalar property, parameter and header. */
export function scalarExamples() {
  return {
    Schema(schema, ctx) {
      for (const [name, property] of Object.entries(schema.properties ?? {})) {
        demand(property, ctx, ctx.location.child(["properties", name]));
      }
    },
    Parameter: ofSchema,
    Header: ofSchema,
  };
}
