import type { Dispatcher } from "undici";
import { NodeBody } from "./node-body.ts";
import type { HeaderValues } from "./node-headers.ts";
import { NodeResponse } from "./node-response.ts";

/** A response with one of these statuses has no body, not even an empty one. */
const withoutBody = new Set([204, 205, 304]);

/** For undici, which can only destroy a socket with an error. */
const aborted = () => new Error("The request was aborted");

export interface ExchangeOptions {
  url: string;
  method: string;
  signal: AbortSignal | undefined;
  resolve: (response: Response) => void;
  reject: (reason: unknown) => void;
  /** Called once, when undici has finished the request. */
  done: () => void;
}

/** One request and its response, as undici reports them. */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly #options: ExchangeOptions;
  #controller: Dispatcher.DispatchController | undefined;
  #body: NodeBody | undefined;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    options.signal?.addEventListener("abort", this.#abort);
  }

  readonly #abort = () => {
    const { signal, reject } = this.#options;
    this.#controller?.abort(aborted());
    reject(signal?.reason);
  };

  onRequestStart(controller: Dispatcher.DispatchController): void {
    const { signal } = this.#options;
    if (signal?.aborted) controller.abort(aborted());
    else this.#controller = controller;
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: HeaderValues,
    statusText?: string,
  ): void {
    // An informational response; the final one follows.
    if (status < 200) return;
    const { url, method, resolve } = this.#options;
    this.#body = new NodeBody(controller);
    const body = method === "HEAD" || withoutBody.has(status) ? undefined : this.#body;
    resolve(new NodeResponse(url, status, statusText, headers, body) as unknown as Response);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#body?.push(chunk);
  }

  onResponseEnd(): void {
    this.#end();
    this.#body?.end();
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#end();
    const { signal, reject } = this.#options;
    const reason: unknown = signal?.aborted
      ? signal.reason
      : new TypeError("fetch failed", { cause: error });
    this.#body?.end({ reason });
    reject(reason);
  }

  #end(): void {
    this.#options.signal?.removeEventListener("abort", this.#abort);
    this.#options.done();
  }
}
