import type { Failure } from "../shared/messages.ts";

/** An error for a reader. */
export interface Explanation {
  what: string;
  todo: string;
  /** Partner Center's own words. */
  words?: string | undefined;
}

const again = "Try again: it is the same request, so nothing is written twice.";
const byKind: Record<string, [what: string, todo: string]> = {
  server: ["The demo's server does not respond.", `Check that it is running. ${again}`],
  demo: ["The demo's server failed.", again],
  authentication: [
    "Partner Center did not accept the server's credential.",
    "The operator of this server must renew it. Then try again.",
  ],
};
const byStatus: Record<number, [what: string, todo: string]> = {
  400: ["Partner Center rejected the request.", "Correct the data, and request again."],
  401: byKind.authentication!,
  403: ["Partner Center does not allow this.", ""],
  404: ["Partner Center has no such customer.", "Check the tenant ID."],
  409: [
    "The customer already has this qualification, or one that excludes it.",
    "Nothing changed.",
  ],
  429: ["Partner Center is throttling requests.", ""],
};

/** Returns what happened and what to do, for a failure of any call. */
export function explain(error: unknown): Explanation {
  const { support, description, advice } = error as Partial<Failure>;
  if (!support)
    return { what: "The demo's server rejected the request.", todo: "Reload the page." };
  const { kind, status, message, retryAfterMs } = support;
  if (kind === "invalidRequest") return { what: `Not sent: ${message}.`, todo: "Correct it." };
  const lost = ["Partner Center did not respond.", again] as const;
  const failed = ["Partner Center failed.", again] as const;
  const other = status === undefined ? lost : failed;
  const [what, todo] = byKind[kind] ?? byStatus[status ?? 0] ?? other;
  const pause = retryAfterMs && `Wait ${Math.ceil(retryAfterMs / 1000)} seconds. ${again}`;
  return {
    what:
      support.write === "unknown" ? `${what} Whether it accepted the request is unknown.` : what,
    todo: pause || advice || todo,
    words: status === undefined ? undefined : description,
  };
}
