import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { CredentialError } from "../errors/credential-error.ts";
import { tokenRefusal } from "../errors/token-refusal.ts";
import { page } from "./page.ts";

/** The redirect from the sign-in page, and the browser that waits for the result. */
export interface Answer {
  code: string;
  show(heading: string, text: string): void;
}

export interface Loopback extends AsyncDisposable {
  /**
   * @param state State of this sign-in; a redirect with another one is rejected and waiting continues.
   * @throws {CredentialError} `timeout`, or the sign-in page's refusal.
   */
  answer(state: string, timeoutMs: number): Promise<Answer>;
}

/**
 * Listens for the sign-in page's redirect, on loopback only.
 *
 * @param strayed Called when a redirect belongs to another sign-in.
 * @throws {CredentialError} `portInUse`.
 */
export async function listen(port: number, authority: string, strayed: () => void) {
  let receive: ((query: URLSearchParams, res: ServerResponse) => void) | undefined;
  const handle = (req: IncomingMessage, res: ServerResponse) => {
    // A port scanner may send something that is not an address, such as "//".
    const address = `http://localhost${req.url ?? "/"}`;
    const { pathname, searchParams } = new URL(URL.canParse(address) ? address : "about:blank");
    const isAnswer = searchParams.has("code") || searchParams.has("error");
    if (req.method !== "GET" || pathname !== "/" || !isAnswer || !receive) {
      return page(res, 404, "Nothing here", "This page waits for a sign-in to finish.");
    }
    return receive(searchParams, res);
  };
  // `localhost` is one of them or both, as the machine has it.
  const servers = await listenAt(["127.0.0.1", "::1"], port, handle);

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
              "This redirect belongs to another sign-in. Nothing was stored. Close this page and use the newest address.",
            );
            return;
          }
          clearTimeout(timer);
          // Ignore the same redirect sent twice, as after a reload.
          receive = undefined;
          const code = query.get("code");
          if (code !== null && !query.has("error")) {
            resolve({ code, show: (heading, text) => page(res, 200, heading, text) });
            return;
          }
          const refusal = tokenRefusal(Object.fromEntries(query), undefined, authority);
          page(res, 200, "Nothing was stored", refusal.message);
          reject(refusal);
        };
      }),
    async [Symbol.asyncDispose]() {
      await Promise.all(servers.map(close));
    },
  } satisfies Loopback;
}

/** Listens at those addresses that the machine has. */
async function listenAt(
  addresses: string[],
  port: number,
  handle: (req: IncomingMessage, res: ServerResponse) => void,
): Promise<Server[]> {
  const servers: Server[] = [];
  const codes = new Set<string>();
  for (const address of addresses) {
    const server = createServer(handle);
    const code = await new Promise<string | undefined>((resolve) => {
      server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      server.listen(port, address, () => resolve(undefined));
    });
    if (code === undefined) servers.push(server);
    else codes.add(code);
  }
  if (servers.length > 0 && !codes.has("EADDRINUSE")) return servers;
  await Promise.all(servers.map(close));
  throw notListening(port, codes.has("EADDRINUSE") ? "EADDRINUSE" : [...codes][0]);
}

function close(server: Server): Promise<void> {
  return new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    // Give a page that is still being sent a moment.
    setTimeout(() => server.closeAllConnections(), 1000).unref();
  });
}

function notListening(port: number, code = "unknown"): CredentialError {
  const isTaken = code === "EADDRINUSE";
  return new CredentialError({
    kind: "portInUse",
    meaning: isTaken ? `Port ${port} is in use` : `Cannot listen on port ${port} (${code})`,
    remedy: `Choose another with --port, and register http://localhost:N with that number as a redirect URI.`,
  });
}

function tooLate(timeoutMs: number): CredentialError {
  return new CredentialError({
    kind: "timeout",
    meaning: `The sign-in did not finish within ${timeoutMs / 1000} seconds; nothing was stored`,
    remedy:
      "Run the command again, with a longer --timeout. If the sign-in page rejected the redirect URI, register the one printed above.",
  });
}
