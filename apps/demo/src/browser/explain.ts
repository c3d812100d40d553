import { PartnerCenterError, type SupportBundle } from "@partner-qualifications/client";
import type { Advice, Failure } from "../shared/failure.ts";

/** An error for a person. */
export interface Explanation {
  what: string;
  todo: string;
  /** What Partner Center said itself. */
  words?: string | undefined;
  support: SupportBundle;
}

const fixedBy: Record<string, string> = {
  partner: "Somebody with the rights for it in your Partner Center account can fix it.",
  customer: "Only the customer can fix it.",
  microsoft: "Only Microsoft can fix it: give its support the bundle below.",
};
const again =
  "Try again: it goes out as the same request, so that nothing is written twice. What you typed is kept.";

/** What happened and what to do, from anything that a query or a mutation may fail with. */
export function explain(error: unknown): Explanation {
  if (error instanceof Error) {
    const { message } = error;
    const bundle = { kind: "connection", message, time: new Date().toISOString() };
    const todo = navigator.onLine ? "Is it still running? " : "You seem to be offline. ";
    return {
      what: "The demo's server does not answer.",
      todo: todo + again,
      support: error instanceof PartnerCenterError ? error.toSupportBundle() : bundle,
    };
  }
  const { support, description, advice, message } = (error ?? {}) as Partial<Failure> & {
    message?: string;
  };
  if (!support) {
    const words = message ?? "No reason was given";
    const bundle = { kind: "demo", message: words, time: new Date().toISOString() };
    return { what: words, todo: "Reload the page, and try again.", support: bundle };
  }
  const isUnknown = support.write === "unknown";
  const { what, todo } = explainCall(support);
  return {
    what: isUnknown ? `${what} Whether the request was taken is not known.` : what,
    todo: isUnknown ? again : [todo, todoOf(advice)].filter(Boolean).join(" "),
    words: support.status === undefined ? undefined : description,
    support,
  };
}

function todoOf(advice: Advice | undefined): string | undefined {
  if (!advice) return undefined;
  const { meaning, remedy, fixedBy: who = "", whatToDo } = advice;
  // A remedy comes from a credential, which says for itself what has happened.
  if (remedy) return `${meaning} ${remedy}`;
  // What a developer can fix is nothing for the person at this page.
  return fixedBy[who] && [fixedBy[who], whatToDo].filter(Boolean).join(" ");
}

function explainCall({ kind, message, status, retryAfterMs }: SupportBundle): {
  what: string;
  todo: string;
} {
  switch (status) {
    case undefined:
      if (kind === "invalidRequest") {
        return { what: `It was not sent: ${message}.`, todo: "What you typed is kept." };
      }
      if (kind === "demo") return { what: "The demo's server failed.", todo: again };
      if (kind === "authentication") break;
      return { what: "Partner Center does not answer.", todo: again };
    case 400:
      return {
        what: "Partner Center refused the request as it was.",
        todo: "Change what its words name, and ask again. What you typed is kept.",
      };
    case 403:
      return { what: "Partner Center does not allow this.", todo: "" };
    case 404:
      return { what: "Partner Center does not know this customer.", todo: "Check the tenant id." };
    case 409:
      return {
        what: "The customer has this already, or something that excludes it.",
        todo: "Look at its qualifications above; nothing was changed.",
      };
    case 429: {
      const seconds = Math.ceil((retryAfterMs ?? 0) / 1000);
      const pause = seconds > 0 ? `Wait ${seconds} seconds. ` : "Wait a little. ";
      return { what: "Partner Center asks for a pause.", todo: pause + again };
    }
    case 401:
      break;
    default:
      if (status >= 500) return { what: "Partner Center failed.", todo: again };
      return { what: "Partner Center's answer was not understood.", todo: again };
  }
  return {
    what: "Partner Center did not accept this server's sign-in.",
    todo: "Whoever runs this server has to renew its credential. What you typed is kept: try again afterwards.",
  };
}
