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
  const notes = [...text.matchAll(/^\/\/(?:#region)? ?(src\/\S+)$/gm)].map((note) => ({
    start: note.index,
    source: note[1] ?? "",
  }));
  return {
    text,
    program,
    sourceOf: (offset) => notes.findLast(({ start }) => start <= offset)?.source ?? "",
  };
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
