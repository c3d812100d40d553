import type { Entry, Har, Header } from "har-format";

/** One exchange of the contract, as it went over the wire. */
export interface Exchange {
  /** When it began, by the mock's clock. */
  at: Date;
  /** How long the answer took, in milliseconds of real time. */
  took: number;
  method: string;
  url: string;
  requestHeaders: Record<string, string>;
  requestBody: string;
  status: number;
  responseHeaders: Record<string, string>;
  responseBody: string;
  /** How the connection was closed before the answer was complete. */
  cut?: "reset" | "truncated" | undefined;
}

const mostEntries = 1000;
const longestText = 16_384;
const secrets = new Set(["authorization", "cookie", "ocp-apim-subscription-key"]);

/** The last thousand exchanges. Secrets are masked before they are kept. */
export class Journal {
  #exchanges: Exchange[] = [];
  #oldest = 0;

  record(exchange: Exchange): void {
    const kept = {
      ...exchange,
      requestHeaders: masked(exchange.requestHeaders),
      requestBody: exchange.requestBody.slice(0, longestText),
      responseBody: exchange.responseBody.slice(0, longestText),
    };
    if (this.#exchanges.length < mostEntries) {
      this.#exchanges.push(kept);
      return;
    }
    this.#exchanges[this.#oldest] = kept;
    this.#oldest = (this.#oldest + 1) % mostEntries;
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
        creator: { name: "qualifications-mock", version: "0.1.0" },
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

function toEntry(exchange: Exchange): Entry {
  const { url, requestBody, responseBody, responseHeaders, cut } = exchange;
  const mimeType = exchange.requestHeaders["content-type"] ?? "";
  return {
    startedDateTime: exchange.at.toISOString(),
    time: exchange.took,
    request: {
      method: exchange.method,
      url,
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: toHeaders(exchange.requestHeaders),
      queryString: [...new URL(url).searchParams].map(([name, value]) => ({ name, value })),
      ...(requestBody && { postData: { mimeType, text: requestBody } }),
      headersSize: -1,
      bodySize: Buffer.byteLength(requestBody),
    },
    response: {
      // HAR has no other way to say that nothing came back.
      status: cut === "reset" ? 0 : exchange.status,
      statusText: "",
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: toHeaders(responseHeaders),
      content: {
        size: Buffer.byteLength(responseBody),
        mimeType: responseHeaders["content-type"] ?? "",
        text: responseBody,
      },
      redirectURL: "",
      headersSize: -1,
      bodySize: cut === "reset" ? -1 : Buffer.byteLength(responseBody),
      ...(cut && { comment: `The connection was closed on purpose (${cut}).` }),
    },
    cache: {},
    timings: { send: 0, wait: exchange.took, receive: 0 },
  };
}

function toHeaders(headers: Record<string, string>): Header[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}
