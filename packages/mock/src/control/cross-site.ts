import type { Message } from "../http/request.ts";

/** Whether a browser sends the request for a page that is not of the mock itself. */
export function isCrossSite({ headers, host }: Message): boolean {
  const { "sec-fetch-site": site = "none", origin } = headers;
  if (site !== "none" && site !== "same-origin") return true;
  // Older browsers send no more than this; a command sends neither.
  return origin !== undefined && origin !== `http://${host}`;
}
