/** What an error body says, in whichever shape of the contract it came. */
export interface ErrorBody {
  code?: string | undefined;
  description?: string | undefined;
  source?: string | undefined;
}

/**
 * Partner Center's own body (`code`, `description`), the gateway's (`statusCode`, `message`), a token
 * endpoint's (`error`, `error_description`), a bare string, text, a page, or nothing.
 *
 * @param text The body, without a byte order mark.
 * @param scrub Takes secrets out of a text.
 */
export function readErrorBody(text: string, scrub: (text: string) => string): ErrorBody {
  const body = parse(text);
  if (typeof body === "string")
    return { description: body === "" ? undefined : plain(scrub(body)) };
  if (typeof body !== "object" || body === null) return { description: String(body) };
  const members = body as Record<string, unknown>;
  const read = (...names: string[]) => {
    const value = names.map((name) => members[name]).find((found) => found != null);
    // The catalogue writes codes as strings, the wire has shown numbers.
    return typeof value === "string" || typeof value === "number"
      ? scrub(String(value)).slice(0, 1024)
      : undefined;
  };
  return {
    code: read("code", "error"),
    description: read("description", "message", "error_description"),
    source: read("source"),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Of a page only its words, and of a long text its beginning. */
function plain(text: string): string {
  return text
    .replaceAll(/(<[^>]*>|\s)+/g, " ")
    .trim()
    .slice(0, 1024);
}
