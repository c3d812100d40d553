import { STATUS_CODES } from "node:http";
import { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import { NodeHeaders } from "./node-headers.ts";

/** As much of a `Response` as the client and its users read; a real one would cost more than the call. */
export class NodeResponse {
  readonly url: string;
  readonly status: number;
  readonly headers: NodeHeaders;
  readonly redirected = false;
  readonly type = "basic";
  readonly #body: Dispatcher.ResponseData["body"];

  constructor(url: string, { statusCode, headers, body }: Dispatcher.ResponseData) {
    this.url = url;
    this.status = statusCode;
    this.headers = new NodeHeaders(headers);
    this.#body = body;
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  get statusText(): string {
    return STATUS_CODES[this.status] ?? "";
  }

  get bodyUsed(): boolean {
    return this.#body.bodyUsed;
  }

  get body(): ReadableStream<Uint8Array> {
    return Readable.toWeb(this.#body) as ReadableStream<Uint8Array>;
  }

  async text(): Promise<string> {
    const text = await this.#body.text();
    // undici leaves a byte order mark where the web's own decoding would not.
    return text.codePointAt(0) === 0xfeff ? text.slice(1) : text;
  }
}
