/** The content of an error body of any shape. */
export interface ErrorBody {
  code?: string | undefined;
  description?: string | undefined;
  source?: string | undefined;
}

/** Lower-case names; the first one with a value counts. */
const names = {
  code: "code errorcode error_code error",
  description: "description message error_description errormessage faultstring detail title",
  source: "source",
};

/**
 * Reads Partner Center's own error body (`code`, `description`), the gateway's (`statusCode`, `message`), a
 * token endpoint's (`error`, `error_description`), and others with the usual names in any case, at most two
 * levels deep. If no name matches, the beginning of the body is the description.
 *
 * @param text The body, without a byte order mark.
 * @param contentType The `Content-Type`, shown with an excerpt.
 * @param scrub Removes secrets from a text.
 */
export function readErrorBody(
  text: string,
  contentType: string | null,
  scrub: (text: string) => string,
): ErrorBody {
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {}
  const levels = isObject(body) ? [body, ...Object.values(body).flat().filter(isObject)] : [];
  const read = (wanted: string) => {
    for (const level of levels) {
      const members = new Map(
        Object.entries(level).map(([name, value]) => [name.toLowerCase(), value]),
      );
      for (const name of wanted.split(" ")) {
        const value = members.get(name);
        // Microsoft documents codes as strings, but the service has sent numbers.
        if (typeof value === "number" || (typeof value === "string" && value !== ""))
          return scrub(String(value)).slice(0, 1024);
      }
    }
    return undefined;
  };
  const code = read(names.code);
  let description = read(names.description);
  if ((code ?? description) === undefined)
    description = excerpt(typeof body === "string" ? body : text, contentType, scrub);
  return { code, description, source: read(names.source) };
}

/**
 * Returns the beginning of a body in place of a description.
 *
 * @returns `undefined` for a body without words.
 */
export function excerpt(
  text: string,
  contentType: string | null,
  scrub: (text: string) => string,
): string | undefined {
  // Only the words of an HTML page.
  const words = text
    .replaceAll(/<(style|script)\b[^]*?(<\/\1>|$)|<!--[^]*?-->|<[^>]*>/gi, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
  if (!/[^\s{}[\]":,]/.test(words)) return undefined;
  const [type = ""] = (contentType ?? "").split(";");
  return `${type && !/json|text\/plain/.test(type) ? `${type}: ` : ""}${scrub(words).slice(0, 1024)}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
