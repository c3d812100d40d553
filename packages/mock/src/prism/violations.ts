import type { PrismOperation } from "./prism-operations.ts";

/** A place of a message that breaks the contract. */
export interface Violation {
  /** Where: the part of the message, then the members, for instance `["body", "website"]`. */
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
      // `if` repeats for the whole body what its `then` reports for the place.
      .filter(({ keyword }) => keyword !== "if")
  );
}

type Documented = NonNullable<NonNullable<PrismOperation["request"]>["query" | "headers"]>;

/** The digits of a number as JSON writes it. */
const plainNumber = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * Returns the violations in the texts of parameters before they are read as values.
 *
 * Prism treats an empty parameter as missing, and reads as a number whatever JavaScript does: `0x10`, ` 5`, `+5`.
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
