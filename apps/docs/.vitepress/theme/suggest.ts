/** What to tell of an address that leads nowhere. */
export interface Suggestion {
  /** The error code that was asked for and that has no page. */
  code?: string;
  /** A page that was probably meant, as a path below the site. */
  meant?: string;
}

/**
 * @param path The path below the site, for instance `errors/99999`.
 * @param pages All pages, in the same form.
 */
export function suggest(path: string, pages: string[]): Suggestion {
  const wanted = plain(path);
  const meant =
    pages.find((page) => plain(page) === wanted) ??
    pages.find((page) => last(page) === last(wanted));
  if (meant) return { meant };
  const [, code] = /^errors\/([^/]+)$/.exec(wanted) ?? [];
  return code ? { code: decodeURIComponent(code) } : {};
}

/** Without what people add, lose or change: an extension, a slash at the end, capitals. */
function plain(path: string): string {
  return path.replace(/(\/|\/index|\.html?|\.md)+$/, "").toLowerCase();
}

function last(path: string): string {
  return plain(path).split("/").at(-1) ?? "";
}
