import { walkSchema } from "./walk-schema.js";

const check = (report) => (schema, location) => {
  if (schema.enum !== undefined || schema.const !== undefined) return;
  const types = [schema.type].flat();
  const needed = [];
  // A GUID's pattern has a fixed length.
  if (types.includes("string") && schema.format !== "uuid") needed.push("maxLength");
  if (types.includes("array")) needed.push("maxItems");
  if (types.includes("integer") || types.includes("number")) needed.push("minimum", "maximum");
  for (const keyword of needed.filter((name) => schema[name] === undefined)) {
    report({
      message: `Request data needs a limit: ${keyword} is missing.`,
      location: location.key(),
    });
  }
};

/** Requires limits for the strings, arrays and integers of parameters and request bodies. */
export function boundedRequests() {
  return {
    Parameter(parameter, ctx) {
      walkSchema(parameter.schema, ctx.location.child(["schema"]), ctx, check(ctx.report));
    },
    RequestBody: {
      MediaType(media, ctx) {
        walkSchema(media.schema, ctx.location.child(["schema"]), ctx, check(ctx.report));
      },
    },
  };
}
