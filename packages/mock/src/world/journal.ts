import type { Entry, Header, Log } from "har-format";
import manifest from "../../package.json" with { type: "json" };
import type { Reply } from "../http/reply.ts";
import type { Message } from "../http/request.ts";

/** A request of the contract and its reply, as they went over the wire. */
export interface Exchange {
  /** When it began, by the mock's clock. */
  at: Date;
  /** How long the reply took, in milliseconds of real time. */
  took: number;
  message: Message;
  reply: Reply;
}

/** Which of the recorded exchanges to read. */
export interface JournalPage {
  /**
   * Leaves out the exchanges up to the one with this number.
   *
   * @default 0
   */
  after?: number | undefined;
  /**
   * How many exchanges to return at most, the oldest first.
   *
   * @default all that are kept
   */
  limit?: number | undefined;
}

/** Recorded exchanges as HAR 1.2. Each entry has its number as `_number`. */
export interface Journal {
  log: JournalLog;
}

export interface JournalLog extends Omit<Log, "entries"> {
  entries: JournalEntry[];
}

export interface JournalEntry extends Entry {
  /** Counts the exchanges since the start or the last reset. */
  _number: number;
}

/** How many exchanges a journal can be made to keep. */
const largestSize = 1_000_000;
const longestText = 16_384;
const secrets = new Set(["authorization", "cookie", "ocp-apim-subscription-key"]);

/** The last exchanges. Secrets are masked before they are kept. */
export class Recorder {
  readonly #size: number;
  /** The exchange with the number n is at the index (n - 1) modulo the size. */
  readonly #exchanges: Exchange[] = [];
  #recorded = 0;

  /**
   * @param size How many exchanges it keeps.
   * @throws {RangeError} When the size is not a whole number from 1 to 1,000,000.
   */
  constructor(size = 1000) {
    if (!(Number.isInteger(size) && size >= 1 && size <= largestSize)) {
      const range = `a whole number from 1 to ${largestSize}`;
      throw new RangeError(`The journal's size is ${range}, not ${String(size)}`);
    }
    this.#size = size;
  }

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
    this.#exchanges[this.#recorded % this.#size] = kept;
    this.#recorded++;
    return kept;
  }

  /** Returns the recorded exchanges, oldest first, as HAR 1.2. Each has its number as `_number`. */
  toHar({ after = 0, limit = this.#size }: JournalPage = {}): Journal {
    const entries: JournalEntry[] = [];
    const start = Math.max(after, this.#recorded - this.#size);
    const end = Math.min(start + limit, this.#recorded);
    for (let index = start; index < end; index++) {
      const exchange = this.#exchanges[index % this.#size];
      if (exchange) entries.push({ ...toEntry(exchange), _number: index + 1 });
    }
    return {
      log: {
        version: "1.2",
        creator: { name: "qualifications-mock", version: manifest.version },
        entries,
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
