import type { Entry, Har, Header } from "har-format";
import { packageVersion } from "./package-file.ts";
import type { Message } from "./receive.ts";
import type { Reply } from "./reply.ts";

/** One exchange of the contract, as it went over the wire. */
export interface Exchange {
  /** When it began, by the mock's clock. */
  at: Date;
  /** How long the answer took, in milliseconds of real time. */
  took: number;
  message: Message;
  reply: Reply;
}

const mostEntries = 1000;
const longestText = 16_384;
const secrets = new Set(["authorization", "cookie", "ocp-apim-subscription-key"]);

/** The last thousand exchanges. Secrets are masked before they are kept. */
export class Journal {
  readonly #exchanges: Exchange[] = [];
  #oldest = 0;

  /** @returns The exchange as it is kept. */
  record({ at, took, message, reply }: Exchange): Exchange {
    const text = message.body.text.slice(0, longestText);
    const kept: Exchange = {
      at,
      took,
      message: {
        ...message,
        headers: masked(message.headers),
        body: { size: message.body.size, text },
      },
      reply: { ...reply, body: message.method === "HEAD" ? "" : reply.body.slice(0, longestText) },
    };
    if (this.#exchanges.length < mostEntries) {
      this.#exchanges.push(kept);
    } else {
      this.#exchanges[this.#oldest] = kept;
      this.#oldest = (this.#oldest + 1) % mostEntries;
    }
    return kept;
  }

  /** What was kept, oldest first, as HAR 1.2. */
  toHar(): Har {
    const inOrder = [
      ...this.#exchanges.slice(this.#oldest),
      ...this.#exchanges.slice(0, this.#oldest),
    ];
    return {
      log: {
        version: "1.2",
        creator: { name: "qualifications-mock", version: packageVersion() },
        entries: inOrder.map(toEntry),
      },
    };
  }
}

function masked(headers: Record<string, string>): Record<string, string> {
  const result = { ...headers };
  for (const name in result) if (secrets.has(name)) result[name] = "***";
  return result;
}

function toEntry({ at, took, message, reply }: Exchange): Entry {
  const { method, url, headers, body } = message;
  const { cut } = reply;
  return {
    startedDateTime: at.toISOString(),
    time: took,
    request: {
      method,
      url: url.href,
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: toHeaders(headers),
      queryString: [...url.searchParams].map(([name, value]) => ({ name, value })),
      ...(body.size > 0 && {
        postData: { mimeType: headers["content-type"] ?? "", text: body.text },
      }),
      headersSize: -1,
      bodySize: body.size,
    },
    response: {
      // HAR has no other way to say that nothing came back.
      status: cut === "reset" ? 0 : reply.status,
      statusText: "",
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: toHeaders(reply.headers),
      content: {
        size: Buffer.byteLength(reply.body),
        mimeType: reply.headers["content-type"] ?? "",
        text: reply.body,
      },
      redirectURL: "",
      headersSize: -1,
      bodySize: cut === "reset" ? -1 : Buffer.byteLength(reply.body),
      ...(cut && { comment: `The connection was closed on purpose (${cut}).` }),
    },
    cache: {},
    timings: { send: 0, wait: took, receive: 0 },
  };
}

function toHeaders(headers: Record<string, string>): Header[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}
