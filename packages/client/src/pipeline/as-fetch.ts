import { InvalidRequestError } from "../errors/errors.ts";
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
  text?: (() => Promise<string>) | undefined;
}

/**
 * The pipeline as a `fetch`, for clients that bring their own requests. Of an `init` it reads what a
 * `Request` has: method, headers, body and signal. Redirects are never followed.
 *
 * @throws {InvalidRequestError} For an address that is not below the base address, a body that is no
 * text, or an identifier that is not a GUID.
 */
export function asFetch(baseUrl: string, options: StartOptions, pipeline: Next) {
  return async (input: string | URL | SomeRequest, init?: RequestInit): Promise<Response> => {
    const isRequest = !init && Object(input).headers;
    const request = (isRequest ? input : new Request(input as string, init)) as SomeRequest;
    const { url, method, signal, body } = request;
    // The token belongs to the address that was checked, whatever one call may say.
    if (!url.startsWith(`${baseUrl}/`)) {
      throw new InvalidRequestError("baseUrl", "must be the client's own");
    }
    const [path = ""] = url.slice(baseUrl.length).split(/[?#]/);
    // Every `fetch` takes them out, and what was before them.
    if (/[/\\](\.|%2e){1,2}([/\\]|$)/i.test(path)) {
      throw new InvalidRequestError("url", "must have no . or .. for a part of its path");
    }
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
function readable(given: Response, text: string): Response {
  // Callers may ask whether it is a `Response`; that of node-fetch, say, is not.
  const { url } = given;
  const response =
    given instanceof Response
      ? given
      : Object.defineProperty(new Response(null, given), "url", { value: url });
  const again = () => new Response(text, { headers: response.headers });
  const read = (name: "arrayBuffer" | "blob" | "bytes" | "formData") => ({
    value: () => again()[name](),
  });
  return Object.defineProperties(response, {
    text: { value: async () => text, configurable: true },
    json: { value: async () => JSON.parse(text) as unknown, configurable: true },
    arrayBuffer: read("arrayBuffer"),
    blob: read("blob"),
    bytes: read("bytes"),
    formData: read("formData"),
    body: { get: () => again().body },
    bodyUsed: { value: false },
    clone: { value: () => response },
  });
}
