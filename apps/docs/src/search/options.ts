// What the build that makes the index and the page that searches it must agree on.

import type { Options } from "minisearch";

/** A section of a page, as it is found. */
export interface Entry {
  /** Below the site, with the section's anchor. */
  path: string;
  page: string;
  section: string;
  kind: string;
  text: string;
  /** The parameters and members that the section describes: a reader who types one of them wants its description. */
  names?: string;
}

const guid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** Splits a text into words. `C#` and `.NET` are words, and a GUID is one as well as its parts. */
export function tokenize(text: string): string[] {
  const words = text.match(/\bc#|\.net\b|[\p{L}\p{N}_]+/giu) ?? [];
  return [...words, ...(text.match(guid) ?? [])].map((word) => word.toLowerCase());
}

/** Readers want to do something; what is behind the contract matters to few. */
const weights: Record<string, number> = {
  Start: 3,
  Guide: 4,
  Operation: 3.5,
  Error: 2.5,
  "Test data": 3,
  Reference: 2.5,
  Package: 0.6,
  Version: 0.6,
  Background: 0.3,
};

export const indexOptions: Options<Entry> = {
  idField: "path",
  fields: ["title", "page", "names", "text"],
  storeFields: ["path", "page", "section", "kind", "text"],
  // A page has its own title, and its sections have theirs: the title of a page finds the page before its sections.
  extractField: (entry, field) =>
    field === "title" ? entry.section || entry.page : (entry[field as keyof Entry] ?? ""),
  tokenize,
  searchOptions: {
    prefix: (term) => term.length > 1,
    fuzzy: (term) => (term.length > 5 && !/\d/.test(term) ? 0.2 : false),
    combineWith: "AND",
    boost: { title: 3, names: 4 },
    boostDocument: (_, __, stored) => weights[String(stored?.kind)] ?? 1,
  },
};
