import { type Node, parse, type Program } from "acorn";

/** A built file, parsed. */
export interface Built {
  text: string;
  program: Program;
  /** The source file that a part of it was made from, as the bundler notes it. */
  sourceOf: (offset: number) => string;
}

/** @throws {SyntaxError} When it is no ES module. */
export function parseBuilt(text: string): Built {
  const program = parse(text, { ecmaVersion: "latest", sourceType: "module" });
  return { text, program, sourceOf: sourcesOf(text) };
}

/** Tells the source file that a part of a built file was made from. */
export function sourcesOf(text: string): Built["sourceOf"] {
  const notes = [...text.matchAll(/^\/\/(?:#region)? ?(src\/\S+)$/gm)].map((note) => ({
    start: note.index,
    source: note[1] ?? "",
  }));
  return (offset) => notes.findLast(({ start }) => start <= offset)?.source ?? "";
}

/** A change that a rule has found a place for. */
export interface Site {
  start: number;
  end: number;
  replacement: string;
  /** What is wrong then. */
  defect: string;
}

/** The text of a node. */
export function textOf({ text }: Built, { start, end }: Node): string {
  return text.slice(start, end);
}

/** The source file and the line, which tell more than a number of a line that moves. */
export function placeOf(
  { text, sourceOf }: Pick<Built, "text" | "sourceOf">,
  offset: number,
): string {
  const start = text.lastIndexOf("\n", offset) + 1;
  const end = text.indexOf("\n", offset);
  const line = text.slice(start, end < 0 ? undefined : end).trim();
  // A minified file is one line.
  const near = line.length > 90 ? text.slice(Math.max(0, offset - 30), offset + 50) : line;
  return `${sourceOf(offset) || "built file"}: ${near.replaceAll(/\s+/g, " ").trim()}`;
}
