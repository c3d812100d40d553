/** Whether a browser sends the request for a page that is not of the mock itself. */
export function isCrossSite(request: Request, url: URL): boolean {
  const site = request.headers.get("sec-fetch-site") ?? "none";
  if (site !== "none" && site !== "same-origin") return true;
  // Older browsers send no more than this; a command sends neither.
  const origin = request.headers.get("origin");
  return origin !== null && origin !== url.origin;
}
