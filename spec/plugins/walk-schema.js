/**
 * Visits a schema and every schema inside it, each once, through references.
 *
 * @param node The schema, or a reference to it, at `location`.
 * @param visit Called with the schema and its location, a parent before its children.
 */
export function walkSchema(node, location, ctx, visit, seen = new Set()) {
  let schema = node;
  let at = location;
  if (node.$ref !== undefined) {
    const target = ctx.resolve(node, location.source.absoluteRef);
    if (!target.node || !target.location) return;
    schema = target.node;
    at = target.location;
  }
  if (seen.has(schema)) return;
  seen.add(schema);
  visit(schema, at);
  const inside = (child, path) => walkSchema(child, at.child(path), ctx, visit, seen);
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    inside(property, ["properties", name]);
  }
  if (schema.items) inside(schema.items, ["items"]);
  for (const keyword of ["anyOf", "oneOf", "allOf"]) {
    for (const [index, member] of (schema[keyword] ?? []).entries()) {
      inside(member, [keyword, index]);
    }
  }
}
