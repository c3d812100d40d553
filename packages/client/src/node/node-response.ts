import { STATUS_CODES } from "node:http";
import { delegate } from "./delegate.ts";
import type { NodeBody } from "./node-body.ts";
import { type HeaderValues, NodeHeaders } from "./node-headers.ts";

/** A `Response` with cheap members. A real one, created on demand, costs more than the rest of the call. */
export class NodeResponse {
  readonly #url: string;
  readonly #status: number;
  readonly #statusText: string;
  readonly #headers: NodeHeaders;
  readonly #body: NodeBody | undefined;
  #isRead = false;
  #real: Response | undefined;

  constructor(
    url: string,
    status: number,
    statusText: string | undefined,
    headers: HeaderValues,
    body: NodeBody | undefined,
  ) {
    this.#url = url;
    this.#status = status;
    this.#statusText = statusText || (STATUS_CODES[status] ?? "");
    this.#headers = new NodeHeaders(headers);
    this.#body = body;
  }

  get url(): string {
    return this.#url;
  }

  get status(): number {
    return this.#status;
  }

  get statusText(): string {
    return this.#statusText;
  }

  get ok(): boolean {
    return this.#status >= 200 && this.#status < 300;
  }

  get headers(): NodeHeaders {
    return this.#headers;
  }

  get type(): string {
    return "basic";
  }

  get redirected(): boolean {
    return false;
  }

  get bodyUsed(): boolean {
    return this.#isRead || (this.#real?.bodyUsed ?? false);
  }

  async text(): Promise<string> {
    if (!this.#body) return "";
    const isSimple = !this.#real && !this.#isRead && !this.#headers.has("content-encoding");
    if (!isSimple) return this.whole().text();
    this.#isRead = true;
    return this.#body.text();
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text()) as unknown;
  }

  clone(): Response {
    return this.whole().clone();
  }

  whole(): Response {
    if (!this.#real) {
      const status = Math.min(Math.max(this.#status, 200), 599);
      const stream = this.#body?.stream(this.#headers.get("content-encoding")) ?? null;
      const { statusText } = this;
      const headers = this.#headers.whole();
      this.#real = withUrl(new Response(stream, { status, statusText, headers }), this.#url);
      // The body was read: the real response then rejects a second read with its own message.
      if (this.#isRead) void this.#real.body?.cancel();
    }
    return this.#real;
  }
}

/** Makes `instanceof Response` hold. Not at import, since the first access to `Response` is slow. */
export const completeResponse = () => delegate(NodeResponse, Response);

/** Gives a `Response` the URL of its request, which a constructed one lacks. */
export function withUrl(response: Response, url: string, redirected = false): Response {
  const clone = response.clone.bind(response);
  return Object.defineProperties(response, {
    url: { value: url },
    redirected: { value: redirected },
    type: { value: "basic" },
    clone: { value: () => withUrl(clone(), url, redirected) },
  });
}
