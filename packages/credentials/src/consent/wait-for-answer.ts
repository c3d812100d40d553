import { createServer, type ServerResponse } from "node:http";
import { CredentialError } from "../errors/credential-error.ts";
import { tokenRefusal } from "../errors/token-refusal.ts";
import { page } from "./page.ts";

/** The sign-in page's answer, and the browser that waits to hear what became of it. */
export interface Answer {
  code: string;
  tell(heading: string, text: string): void;
}

export interface Loopback extends AsyncDisposable {
  /**
   * @param state Of this sign-in; an answer with another one is told so, and not taken.
   * @throws {CredentialError} `timeout`, or what the sign-in page says.
   */
  answer(state: string, timeoutMs: number): Promise<Answer>;
}

/**
 * Listens where the sign-in page sends the browser back to; only this machine can reach it.
 *
 * @param strayed Told when an answer came that belongs to another sign-in.
 * @throws {CredentialError} `portInUse`.
 */
export async function listen(port: number, authority: string, strayed: () => void) {
  let receive: ((query: URLSearchParams, res: ServerResponse) => void) | undefined;
  const server = createServer((req, res) => {
    // Whatever asks may send what is no address, such as "//".
    const address = `http://localhost${req.url ?? "/"}`;
    const { pathname, searchParams } = new URL(URL.canParse(address) ? address : "about:blank");
    const isAnswer = searchParams.has("code") || searchParams.has("error");
    if (req.method !== "GET" || pathname !== "/" || !isAnswer || !receive) {
      return page(res, 404, "Nothing here", "This page waits for the end of a sign-in.");
    }
    return receive(searchParams, res);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(notListening(port, error.code)));
    server.listen(port, "127.0.0.1", resolve);
  });

  return {
    answer: (state, timeoutMs) =>
      new Promise<Answer>((resolve, reject) => {
        const timer = setTimeout(() => reject(tooLate(timeoutMs)), timeoutMs);
        receive = (query, res) => {
          if (query.get("state") !== state) {
            strayed();
            page(
              res,
              400,
              "Another sign-in",
              "This answer does not belong to the sign-in that is waited for. Nothing was stored. Close this page and use the newest address.",
            );
            return;
          }
          clearTimeout(timer);
          // The same answer again, as after a reload, is one too many.
          receive = undefined;
          const code = query.get("code");
          if (code !== null && !query.has("error")) {
            resolve({ code, tell: (heading, text) => page(res, 200, heading, text) });
            return;
          }
          const refusal = tokenRefusal(Object.fromEntries(query), undefined, authority);
          page(res, 200, "Nothing was stored", refusal.message);
          reject(refusal);
        };
      }),
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        // A page that is still on its way gets a moment.
        setTimeout(() => server.closeAllConnections(), 1000).unref();
      });
    },
  } satisfies Loopback;
}

function notListening(port: number, code = "unknown"): CredentialError {
  const isTaken = code === "EADDRINUSE";
  return new CredentialError({
    kind: "portInUse",
    meaning: isTaken ? `Port ${port} is in use` : `Cannot listen on port ${port} (${code})`,
    remedy: `Choose another with --port, and register http://localhost:N with that number as a redirect address.`,
  });
}

function tooLate(timeoutMs: number): CredentialError {
  return new CredentialError({
    kind: "timeout",
    meaning: `Nobody signed in within ${timeoutMs / 1000} seconds; nothing was stored`,
    remedy:
      "Run the command again, with a longer --timeout. If the sign-in page complained of the redirect address, register the one above.",
  });
}
