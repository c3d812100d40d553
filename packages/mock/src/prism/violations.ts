/** Something that breaks the contract. */
export interface Violation {
  /** Where: the part of the message, then the members, for instance `["body", "website"]`. */
  path: string[];
  /** The JSON Schema keyword that was broken. */
  keyword: string;
  message: string;
}

/** What a validator of Prism's answers. */
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
      // `if` says once more, and of the whole body, what its `then` has said of the place.
      .filter(({ keyword }) => keyword !== "if")
  );
}
