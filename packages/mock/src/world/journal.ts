import type { Entry, Header, Log } from "har-format";
import manifest from "../../package.json" with { type: "json" };
import type { Reply } from "../http/reply.ts";
import type { Message } from "../http/request.ts";
import type { AuditEntry } from "../simulator/audit-log.ts";

/** A request of the contract and its reply, as sent over the wire. */
export interface Exchange {
  /** When it began, by the mock's clock. */
  at: Date;
  /** Duration of the reply, in milliseconds of real time. */
  took: number;
  message: Message;
  reply: Reply;
  /** The audit record of a write. */
  audited?: AuditEntry | undefined;
}

/** Selects recorded exchanges. */
export interface JournalPage {
  /**
   * Skips the exchanges up to this number.
   *
   * @default 0
   */
  after?: number | undefined;
  /**
   * Maximum number of exchanges to return, oldest first.
   *
   * @default all
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

/** Maximum size of a journal. */
const largestSize = 1_000_000;
const longestText = 16_384;
const secrets = new Set(["authorization", "cookie", "ocp-apim-subscription-key"]);

/** The latest exchanges. Secrets are masked before they are stored. */
export class Recorder {
  readonly #size: number;
  /** The exchange with the number n has the index (n - 1) modulo the size. */
  readonly #exchanges: Exchange[] = [];
  #recorded = 0;

  /**
   * @param size Number of exchanges to keep.
   * @throws {RangeError} When the size is not a whole number from 1 to 1,000,000.
   */
  constructor(size = 1000) {
    if (!(Number.isInteger(size) && size >= 1 && size <= largestSize)) {
      const range = `a whole number from 1 to ${largestSize}`;
      throw new RangeError(`The journal's size must be ${range}, not ${String(size)}`);
    }
    this.#size = size;
  }

  /** @returns The stored exchange. */
  record({ at, took, message, reply, audited }: Exchange): Exchange {
    const text = message.body.text.slice(0, longestText);
    const kept: Exchange = {
      at,
      took,
      audited,
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

function toEntry({ at, took, message, reply, audited }: Exchange): Entry {
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
      // HAR's only way to represent a missing response.
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
    ...(audited && { _auditRecord: { appearsAt: dateOrNull(audited.appears) } }),
  };
}

/** Returns an ISO 8601 date; null for never. */
function dateOrNull(milliseconds: number): string | null {
  return Number.isFinite(milliseconds) ? new Date(milliseconds).toISOString() : null;
}

function toHeaders(headers: Record<string, string>): Header[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}
