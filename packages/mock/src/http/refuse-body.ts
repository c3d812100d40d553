import type { Body } from "./read-body.ts";
import type { Operation } from "../prism/prism-operations.ts";

/** Why a body is refused, in words that follow "the body". */
export interface BodyRefusal {
  status: 400 | 415;
  reason: string;
}

/**
 * Why an operation cannot read a body: its size, its coding, its media type, its charset or its text.
 *
 * @param body Not empty, and described by the operation.
 */
export function refuseBody(
  { request }: Operation,
  headers: Record<string, string>,
  { size, tooLarge, malformed }: Body,
): BodyRefusal | undefined {
  if (size === 0) return undefined;
  if (tooLarge) return { status: 400, reason: "is too large: at most 1 MiB is read" };
  for (const [name, shown, usual] of codings) {
    if (headers[name] === undefined) continue;
    const coding = tokens(headers[name]).find((token) => token !== usual);
    if (coding !== undefined) {
      return { status: 415, reason: `has the ${shown} "${coding}"; send it without one` };
    }
  }
  const contentType = headers["content-type"] ?? "";
  const [essence = ""] = contentType.split(";", 1);
  const contents = request?.body?.contents ?? [];
  const mediaType = essence.trim().toLowerCase();
  // Prism would accept any media type that ends in `+json`, and none at all.
  if (!contents.some((content) => content.mediaType === mediaType)) {
    const types = contents.map((content) => content.mediaType);
    const sent = contentType === "" ? "has no Content-Type" : `is declared as "${contentType}"`;
    return { status: 415, reason: `must be ${types.join(" or ")}, and ${sent}` };
  }
  for (const [, charset = ""] of contentType.matchAll(/;\s*charset\s*=\s*"?([^";\s]*)/gi)) {
    if (/^utf-?8$/i.test(charset)) continue;
    return { status: 415, reason: `has the charset "${charset.toLowerCase()}"; send UTF-8` };
  }
  if (malformed !== undefined) return { status: 400, reason: `is not JSON (${malformed})` };
  return undefined;
}

/** The headers that name codings, and the value of each that changes nothing here. */
const codings = [
  ["content-encoding", "Content-Encoding", "identity"],
  // Node has undone it.
  ["transfer-encoding", "Transfer-Encoding", "chunked"],
] as const;

function tokens(header = ""): string[] {
  return header
    .toLowerCase()
    .split(",")
    .map((token) => token.trim())
    .filter((token) => token !== "");
}
