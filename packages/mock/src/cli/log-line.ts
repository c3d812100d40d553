import type { Exchange } from "../world/journal.ts";

/** One exchange in one line, for people or for programs. No header but the identifiers is told. */
export function logLine(form: "pretty" | "json", exchange: Exchange): string {
  const { at, took, message, reply } = exchange;
  const { method, url } = message;
  const { status, headers, cut } = reply;
  const path = url.pathname + url.search;
  const time = at.toISOString();
  const milliseconds = Math.round(took);
  const requestId = headers["ms-requestid"];
  if (form === "json") {
    return JSON.stringify({ time, method, path, status, milliseconds, requestId, cut });
  }
  const what = cut ? `${status} (${cut})` : status;
  return `${time}  ${method.padEnd(4)} ${path}  ${what}  ${milliseconds} ms`;
}
