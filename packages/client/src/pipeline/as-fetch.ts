import { InvalidRequestError } from "../errors/index.ts";
import type { Next } from "./call.ts";
import { findOperation } from "./find-operation.ts";
import { startCall, type StartOptions } from "./start-call.ts";

/** A `Request`, or as much of one as is needed. */
export interface SomeRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  /** A text is taken as it is; anything else is read with `text()`. */
  readonly body?: string | ReadableStream | null | undefined;
  readonly signal?: AbortSignal | undefined;
  text?(): Promise<string>;
}

/**
 * The pipeline as a `fetch`, for clients that bring their own requests.
 *
 * @throws {InvalidRequestError} For an address that is not below the base address, a body that is no
 * text, or an identifier that is not a GUID.
 */
export function asFetch(baseUrl: string, options: StartOptions, pipeline: Next) {
  return async (request: SomeRequest): Promise<Response> => {
    const { url, method, signal, body } = request;
    // The token belongs to the address that was checked, whatever one call may say.
    if (!url.startsWith(`${baseUrl}/`)) {
      throw new InvalidRequestError("baseUrl", "must be the client's own");
    }
    const [path = ""] = url.slice(baseUrl.length).split("?");
    const [operation, rules] = findOperation(method, path) ?? [];
    const headers = Object.fromEntries(request.headers.entries());
    const text = typeof body === "object" ? body && (await request.text?.()) : body;
    // A form, say: it would be lost, or sent under the wrong type.
    if (body && text === undefined) throw new InvalidRequestError("body", "must be a text");
    const call = startCall(
      { operation, rules, url, method, headers, body: text ?? undefined },
      { signal },
      options,
    );
    return readable(await pipeline(call), call.text);
  };
}

/** The body was read within the attempt's time; whoever asked may read it, as often as wanted. */
function readable(response: Response, text: string): Response {
  const again = () => new Response(text);
  return Object.defineProperties(response, {
    text: { value: async () => text },
    json: { value: async () => JSON.parse(text) as unknown },
    arrayBuffer: { value: () => again().arrayBuffer() },
    blob: { value: () => again().blob() },
    body: { get: () => again().body },
    bodyUsed: { value: false },
    clone: { value: () => response },
  });
}
