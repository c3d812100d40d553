/** A JSON document of which parts stand elsewhere in it, behind `$ref`. */
export type Document = Record<string, unknown>;

/** Where a path of keys leads after its references were followed. */
export function where(document: Document, keys: string[]): string[] {
  let place: string[] = [];
  for (const key of keys) {
    place.push(key);
    // A reference may lead to another.
    for (;;) {
      const { $ref } = (at(document, place) ?? {}) as { $ref?: string };
      if ($ref === undefined) break;
      place = $ref
        .slice(2)
        .split("/")
        .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
    }
  }
  return place;
}

/** What stands at a path of keys, its references followed. */
export function resolve(document: Document, keys: string[]): unknown {
  return at(document, where(document, keys));
}

/** The path as a JSON pointer that can stand behind `#` in an address. */
export function jsonPointer(keys: string[]): string {
  return keys
    .map((key) => `/${encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"))}`)
    .join("");
}

function at(document: Document, keys: string[]): unknown {
  let node: unknown = document;
  for (const key of keys) node = (node as Record<string, unknown> | undefined)?.[key];
  return node;
}
