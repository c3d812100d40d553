import type { Body } from "./request.ts";

/**
 * Returns whether an Accept header accepts a media type (RFC 9110, 12.5.1).
 *
 * @param accept The header; without it, every media type is acceptable.
 */
export function isAcceptable(accept: string | undefined, mediaType: string): boolean {
  if (accept === undefined || accept.trim() === "") return true;
  const [type = ""] = mediaType.split("/");
  // The most specific matching range decides.
  const known = [mediaType, `${type}/*`, "*/*"];
  const ranges = new Map(
    accept.split(",").map((range) => {
      const [name = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith("q=")) ?? "q=1";
      return [name, Number(weight.slice(2)) > 0] as const;
    }),
  );
  const decisive = known.find((range) => ranges.has(range));
  return decisive !== undefined && ranges.get(decisive) === true;
}

/**
 * Checks the size, coding, media type, charset and text of a body.
 *
 * @param mediaTypes The documented media types.
 * @returns Why the body cannot be read, as a continuation of "the body"; undefined if it can.
 */
export function refuseBody(
  mediaTypes: string[],
  headers: Record<string, string>,
  { size, tooLarge, malformed }: Body,
): { status: 400 | 415; reason: string } | undefined {
  if (size === 0) return undefined;
  if (tooLarge) return { status: 400, reason: "is too large: the limit is 1 MiB" };
  for (const [name, shown, usual] of codings) {
    if (headers[name] === undefined) continue;
    const coding = tokens(headers[name]).find((token) => token !== usual);
    if (coding !== undefined) {
      return { status: 415, reason: `has the ${shown} "${coding}"; send it without one` };
    }
  }
  const contentType = headers["content-type"] ?? "";
  const [essence = ""] = contentType.split(";", 1);
  const mediaType = essence.trim().toLowerCase();
  // Prism would accept any media type ending in `+json`, and a missing one.
  if (!mediaTypes.includes(mediaType)) {
    const sent = contentType === "" ? "has no Content-Type" : `is declared as "${contentType}"`;
    return { status: 415, reason: `must be ${mediaTypes.join(" or ")}, and ${sent}` };
  }
  for (const [, charset = ""] of contentType.matchAll(/;\s*charset\s*=\s*"?([^";\s]*)/gi)) {
    if (/^utf-?8$/i.test(charset)) continue;
    return { status: 415, reason: `has the charset "${charset.toLowerCase()}"; send UTF-8` };
  }
  if (malformed !== undefined) return { status: 400, reason: `is not JSON (${malformed})` };
  return undefined;
}

/** The headers with codings, and the value of each that means no coding. */
const codings = [
  ["content-encoding", "Content-Encoding", "identity"],
  // Node has decoded it.
  ["transfer-encoding", "Transfer-Encoding", "chunked"],
] as const;

function tokens(header = ""): string[] {
  return header
    .toLowerCase()
    .split(",")
    .map((token) => token.trim())
    .filter((token) => token !== "");
}
