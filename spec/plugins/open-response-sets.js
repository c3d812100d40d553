import { walkSchema } from "./walk-schema.js";

const resolved = (member, location, ctx) =>
  member.$ref === undefined ? member : ctx.resolve(member, location.source.absoluteRef).node;

const isOpen = (member) => member.type === "string" && member.enum === undefined;

/**
 * Requires response enumerations to be open: `anyOf: [{ type: string, enum }, { type: string }]` instead
 * of a bare `enum`, which would break clients on the first new value. The known values may be a separate
 * schema.
 */
export function openResponseSets() {
  return {
    Response: {
      MediaType(media, ctx) {
        const open = new Set();
        walkSchema(media.schema, ctx.location.child(["schema"]), ctx, (schema, location) => {
          if (schema.anyOf?.some(isOpen)) {
            for (const member of schema.anyOf) open.add(resolved(member, location, ctx));
          }
          if (schema.enum === undefined || open.has(schema)) return;
          ctx.report({
            message:
              "An enumeration in a response must be open: put the enum into an anyOf beside a plain string.",
            location: location.child(["enum"]),
          });
        });
      },
    },
  };
}
