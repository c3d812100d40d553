/** What an error body says, in whichever shape it came. */
export interface ErrorBody {
  code?: string | undefined;
  description?: string | undefined;
  source?: string | undefined;
}

type Members = Record<string, unknown>;

/** By their names in small letters; the first that is there counts. */
const names = {
  code: ["code", "errorcode", "error_code", "error"],
  description: [
    "description",
    "message",
    "error_description",
    "errormessage",
    "faultstring",
    "detail",
    "title",
  ],
  source: ["source"],
};

/**
 * Partner Center's own body (`code`, `description`), the gateway's (`statusCode`, `message`), a token
 * endpoint's (`error`, `error_description`), and others that have the usual names in any case, at most
 * two levels deep. Where nothing has such a name, the beginning of the body is the description.
 *
 * @param text The body, without a byte order mark.
 * @param contentType What the body calls itself, to be told beside an excerpt.
 * @param scrub Takes secrets out of a text.
 */
export function readErrorBody(
  text: string,
  contentType: string | null,
  scrub: (text: string) => string,
): ErrorBody {
  const body = parse(text);
  const levels = isObject(body)
    ? [body, ...Object.values(body).flat().filter(isObject)].map(withSmallNames)
    : [];
  const read = (wanted: string[]) => {
    for (const level of levels) {
      for (const name of wanted) {
        const value = level[name];
        // The catalogue writes codes as strings, the wire has shown numbers.
        if (typeof value === "number" || (typeof value === "string" && value !== ""))
          return scrub(String(value)).slice(0, 1024);
      }
    }
    return undefined;
  };
  const found = {
    code: read(names.code),
    description: read(names.description),
    source: read(names.source),
  };
  if (found.code === undefined && found.description === undefined)
    found.description = excerpt(typeof body === "string" ? body : text, contentType, scrub);
  return found;
}

/**
 * The beginning of a body in place of a description.
 *
 * @returns `undefined` for one without words.
 */
export function excerpt(
  text: string,
  contentType: string | null,
  scrub: (text: string) => string,
): string | undefined {
  // Of a page only its words.
  const words = text
    .replaceAll(/<(style|script)\b[^]*?(<\/\1>|$)|<!--[^]*?-->|<[^>]*>/gi, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
  if (!/[^\s{}[\]":,]/.test(words)) return undefined;
  const [type = ""] = (contentType ?? "").split(";");
  const isUsual = type === "" || /json|text\/plain/.test(type);
  return `${isUsual ? "" : `${type}: `}${scrub(words).slice(0, 1024)}`;
}

function withSmallNames(members: Members): Members {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
