import type { Operation } from "./prism-operations.ts";
import type { Violation } from "./violations.ts";

type Documented = NonNullable<NonNullable<Operation["request"]>["query" | "headers"]>;

/** The digits of a number as JSON writes it. */
const plainNumber = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * What is wrong with the texts of parameters before they are read as values.
 *
 * Prism takes an empty parameter for one that is not there, and a number for whatever JavaScript makes a
 * number of: `0x10`, ` 5`, `+5`.
 *
 * @param accepts Whether the schema of a parameter accepts a text as it is.
 */
export function textViolations(
  part: "query" | "header",
  documented: Documented,
  texts: Record<string, string | string[]>,
  accepts: (parameter: Documented[number], text: string) => boolean,
): Violation[] {
  return documented.flatMap((parameter) => {
    const name = part === "header" ? parameter.name.toLowerCase() : parameter.name;
    const text = texts[name];
    if (typeof text !== "string") return [];
    const what = `Request ${part} parameter ${name}`;
    const violation = (keyword: string, message: string) => [
      { path: [part, name], keyword, message: `${what} ${message}` },
    ];
    if (text === "" && !accepts(parameter, text))
      return violation("minLength", "must not be empty");
    const { type } = parameter.schema ?? {};
    const isNumber = type === "integer" || type === "number";
    if (isNumber && text !== "" && !plainNumber.test(text)) {
      return violation("type", `must be ${type}`);
    }
    return [];
  });
}
