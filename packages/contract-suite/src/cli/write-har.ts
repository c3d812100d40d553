import { closeSync, openSync, writeSync } from "node:fs";
import { STATUS_CODES } from "node:http";
import type { Entry, Header } from "har-format";
import { UsageError } from "../errors.ts";
import { shownHeaders } from "../exchange/curl.ts";
import type { Exchange } from "../exchange/exchange.ts";

/** Writes exchanges to a file one by one, because a run may have more than fit in memory. */
export interface HarWriter {
  add(exchange: Exchange): void;
  close(): void;
}

/**
 * Starts a HAR 1.2 file, which browsers and proxies can replay. The token is replaced by its variable's
 * name.
 *
 * @param tokenName The variable that contained the token.
 * @throws {UsageError} When the file cannot be written.
 */
export function writeHar(file: string, version: string, tokenName?: string): HarWriter {
  let handle: number;
  try {
    handle = openSync(file, "w");
  } catch (error) {
    throw new UsageError(`--har ${file} cannot be written: ${(error as Error).message}`);
  }
  const creator = { name: "qualifications-contract", version };
  const [head, foot = ""] = JSON.stringify({ log: { version: "1.2", creator, entries: [] } }).split(
    "]",
  );
  writeSync(handle, head ?? "");
  let separator = "\n";
  return {
    add(exchange) {
      writeSync(handle, separator + JSON.stringify(entryOf(exchange, tokenName)));
      separator = ",\n";
    },
    close() {
      writeSync(handle, `\n]${foot}\n`);
      closeSync(handle);
    },
  };
}

function entryOf({ case: one, request, answer, lost, took }: Exchange, tokenName?: string): Entry {
  const { method, url, body } = request;
  const sent = shownHeaders(request, one.draft, tokenName);
  return {
    startedDateTime: new Date(Date.now() - took).toISOString(),
    time: took,
    request: {
      method,
      url,
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: listed(sent),
      queryString: [...new URL(url).searchParams].map(([name, value]) => ({ name, value })),
      ...(body !== undefined && {
        postData: { mimeType: sent["Content-Type"] ?? "", text: body },
      }),
      headersSize: -1,
      bodySize: sizeOf(body),
    },
    response: {
      // HAR uses 0 for a request without a response.
      status: answer?.status ?? 0,
      statusText: STATUS_CODES[answer?.status ?? 0] ?? "",
      httpVersion: "HTTP/1.1",
      cookies: [],
      headers: listed(answer?.headers ?? {}),
      content: {
        size: sizeOf(answer?.body),
        mimeType: answer?.headers["content-type"] ?? "",
        text: answer?.body ?? "",
      },
      redirectURL: answer?.headers.location ?? "",
      headersSize: -1,
      bodySize: sizeOf(answer?.body),
      ...(lost !== undefined && { comment: `no response: ${lost}` }),
    },
    cache: {},
    timings: { send: 0, wait: took, receive: 0 },
    // The case id, so that a reported failure can be found here.
    comment: `${one.id} (${one.intent.kind})`,
  };
}

function sizeOf(text = ""): number {
  return Buffer.byteLength(text);
}

function listed(headers: Record<string, string>): Header[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}
