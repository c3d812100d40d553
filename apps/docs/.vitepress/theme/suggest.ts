/** Suggestions for an unknown address. */
export interface Suggestion {
  /** The requested error code, which has no page. */
  code?: string;
  /** A page that was probably meant, as a path below the site. */
  meant?: string;
}

/**
 * The page that is spelled otherwise: with a slash at the end, an extension, other capitals.
 *
 * @param path The path below the site, for instance `Start/`.
 * @param pages All pages, in the same form.
 */
export function samePage(path: string, pages: string[]): string | undefined {
  return pages.find((page) => plain(page) === plain(path));
}

/** A page that has the same name elsewhere, or what can be said of an error code without one. */
export function suggest(path: string, pages: string[]): Suggestion {
  const wanted = plain(path);
  const meant = pages.find((page) => lastOf(plain(page)) === lastOf(wanted));
  if (meant) return { meant };
  const [, code] = /^errors\/([^/]+)$/.exec(wanted) ?? [];
  return code ? { code: decodeURIComponent(code) } : {};
}

function plain(path: string): string {
  return path.replace(/(\/|\/index|\.html?|\.md)+$/, "").toLowerCase();
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
