import { Readable, pipeline } from "node:stream";
import type { Dispatcher } from "undici";
import { decoders } from "./decoders.ts";

/** The most bytes buffered of an unread body. Above it the connection pauses. */
const mostWaiting = 64 * 1024;

const utf8 = new TextDecoder();

/** The body of a response, as undici delivers it. It can be read once. */
export class NodeBody {
  readonly #controller: Dispatcher.DispatchController;
  #chunks: Buffer[] = [];
  #size = 0;
  #ended = false;
  #failure: { reason: unknown } | undefined;
  /** Consumes the chunks, once there is a reader. */
  #read: (() => void) | undefined;

  constructor(controller: Dispatcher.DispatchController) {
    this.#controller = controller;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    this.#read?.();
    if (this.#size > mostWaiting) this.#controller.pause();
  }

  end(failure?: { reason: unknown }): void {
    this.#ended = true;
    this.#failure = failure;
    this.#read?.();
  }

  /** Returns the whole body as text, without a byte order mark. */
  async text(): Promise<string> {
    const chunks: Buffer[] = [];
    await new Promise<void>((resolve) => {
      this.#read = () => {
        chunks.push(...this.#take());
        if (this.#ended) resolve();
      };
      this.#read();
      this.#controller.resume();
    });
    if (this.#failure) throw this.#failure.reason;
    return utf8.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
  }

  /**
   * Returns the body as a stream, decoded no faster than it is read. Cancelling it aborts the request.
   *
   * @param encoding The `Content-Encoding`. A body with an unknown coding is not decoded.
   */
  stream(encoding: string | null): ReadableStream<Uint8Array> {
    const steps = decoders(encoding);
    let isWanted = false;
    const source = new Readable({
      read: () => {
        isWanted = true;
        this.#read?.();
        this.#controller.resume();
      },
      destroy: (error, done) => {
        if (!this.#ended) this.#controller.abort(new Error("The reader cancelled the body"));
        done(error);
      },
    });
    this.#read = () => {
      if (!isWanted) return;
      for (const chunk of this.#take()) isWanted = source.push(chunk);
      if (this.#failure) source.destroy(this.#failure.reason as Error);
      else if (this.#ended) source.push(null);
    };
    // The last of several streams fails when any of them does.
    const last = steps.length > 0 ? pipeline([source, ...steps], () => {}) : source;
    return Readable.toWeb(last as Readable) as ReadableStream<Uint8Array>;
  }

  #take(): Buffer[] {
    const chunks = this.#chunks;
    this.#chunks = [];
    this.#size = 0;
    return chunks;
  }
}
