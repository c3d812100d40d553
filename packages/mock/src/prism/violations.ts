import type { PrismOperation } from "./prism-operations.ts";

/** A part of a message that violates the contract. */
export interface Violation {
  /** The part of the message, then the members, such as `["body", "website"]`. */
  path: string[];
  /** The JSON Schema keyword that was broken. */
  keyword: string;
  message: string;
}

/** The result of one of Prism's validators. */
type Checked =
  | { _tag: "Right" }
  | {
      _tag: "Left";
      left: readonly { path?: (string | number)[]; code?: string | number; message: string }[];
    };

export function violationsOf(result: Checked): Violation[] {
  if (result._tag === "Right") return [];
  return (
    result.left
      .map(({ path = [], code = "", message }) => ({
        path: path.map(String),
        keyword: String(code),
        message,
      }))
      // `if` repeats for the whole body the violation that `then` reports in place.
      .filter(({ keyword }) => keyword !== "if")
  );
}

type Documented = NonNullable<NonNullable<PrismOperation["request"]>["query" | "headers"]>;

/** The digits of a number as JSON writes it. */
const plainNumber = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * Returns the violations in the texts of parameters before they are parsed.
 *
 * Prism treats an empty parameter as missing, and parses numbers like JavaScript: `0x10`, ` 5`, `+5`.
 *
 * @param accepts Whether the parameter's schema accepts a text verbatim.
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
