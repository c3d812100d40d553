/**
 * A copy in which parts that are equal are one object.
 *
 * Prism compiles a schema once for each object that it stands in, and makes one for every place: 110
 * lists of headers, where the contract has a handful.
 */
export function shareEqualParts<T>(value: T): T {
  const known = new Map<string, object>();
  const share = (node: unknown): { node: unknown; text: string } => {
    if (typeof node !== "object" || node === null)
      return { node, text: String(JSON.stringify(node)) };
    const kept = Object.entries(node).filter(([key, part]) => !isSerialNumber(key, part));
    const parts = kept.map(([key, part]) => [key, share(part)] as const);
    const text = Array.isArray(node)
      ? `[${parts.map(([, part]) => part.text).join()}]`
      : `{${parts.map(([key, part]) => `${JSON.stringify(key)}:${part.text}`).join()}}`;
    const shared = known.get(text);
    if (shared) return { node: shared, text };
    const copy = Array.isArray(node)
      ? parts.map(([, part]) => part.node)
      : Object.fromEntries(parts.map(([key, part]) => [key, part.node]));
    known.set(text, copy);
    return { node: copy, text };
  };
  return share(value).node as T;
}

/** What alone makes equal places different: Prism's number of each. */
function isSerialNumber(key: string, value: unknown): boolean {
  return key === "x-stoplight" || (key === "id" && /^[0-9a-f]{13}$/.test(String(value)));
}
