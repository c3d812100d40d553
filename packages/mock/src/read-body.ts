import type { Operation } from "./prism.ts";

/** Prism would take any media type that ends in `+json`, and none at all. */
export function acceptsBody(operation: Operation, contentType = ""): boolean {
  const [essence = ""] = contentType.split(";");
  const accepted = operation.request?.body?.contents ?? [];
  return accepted.some(({ mediaType }) => mediaType === essence.trim().toLowerCase());
}

export function parseJson(bytes: ArrayBuffer): { value: unknown } | { malformed: string } {
  if (bytes.byteLength === 0) return { value: undefined };
  try {
    return { value: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) };
  } catch (error) {
    return { malformed: (error as Error).message };
  }
}
