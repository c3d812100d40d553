import { InvalidRequestError } from "../errors/errors.ts";
import { operations } from "../generated/operations.ts";
import type { Answer, Call, Next } from "./call.ts";
import { type HookSets, warn } from "./observe.ts";
import { startCall, type StartOptions } from "./start-call.ts";

/** A `Request`, or the members of one that the client reads. */
export interface SomeRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  /** A string is sent unchanged; anything else is read with `text()`. */
  readonly body?: string | ReadableStream | null | undefined;
  readonly signal?: AbortSignal | undefined;
  text?: (() => Promise<string>) | undefined;
}

/**
 * Exposes the pipeline as a `fetch`. Of a request it reads URL, method, headers, body and signal. It follows no
 * redirect.
 *
 * @throws {InvalidRequestError} For a URL outside the base address, a body that is not text, or an invalid
 * identifier.
 */
export function asFetch(
  baseUrl: string,
  options: StartOptions,
  pipeline: Next,
  hooks: HookSets,
): (request: SomeRequest) => Promise<Response> {
  const warnOnce = warnOfDeprecated(hooks);
  return async (request) => {
    const { url, method, signal, body } = request;
    // The token may go only to the address that was checked.
    if (!url.startsWith(`${baseUrl}/`)) {
      throw new InvalidRequestError("baseUrl", "must be the client's own");
    }
    const [path = ""] = url.slice(baseUrl.length).split(/[?#]/);
    // Every `fetch` removes such segments, and the one before them.
    if (/[/\\](\.|%2e){1,2}([/\\]|$)/i.test(path)) {
      throw new InvalidRequestError("url", "must not contain . or .. path segments");
    }
    const [operation, rules] =
      Object.entries(operations).find(
        (entry) => entry[1].method === method && matches(entry[1].path, path),
      ) ?? [];
    const headers = Object.fromEntries(request.headers.entries());
    const text = typeof body === "object" ? body && (await request.text?.()) : body;
    // A form, for instance: it would be lost, or sent with the wrong type.
    if (body && text === undefined) throw new InvalidRequestError("body", "must be a string");
    const call = startCall(
      { operation, rules, url, method, headers, body: text ?? undefined },
      { signal },
      options,
    );
    warnOnce(call);
    return readable(await pipeline(call));
  };
}

/** Returns a function that warns about each deprecated operation once. No method calls one. */
function warnOfDeprecated(hooks: HookSets): (call: Call) => void {
  const warned = new Set<string>();
  return (call) => {
    const { operation = "", rules } = call;
    if (!rules || !("sunset" in rules) || warned.has(operation)) return;
    warned.add(operation);
    const end = rules.sunset && `, with an end on ${rules.sunset}`;
    const effect = "The service may stop supporting it.";
    warn(hooks, call, `The contract marks ${operation} as deprecated${end}. ${effect}`);
  };
}

/** Returns whether a path has the form of a template: the same segments, or any in place of a parameter. */
function matches(template: string, path: string): boolean {
  const segments = path.split("/");
  const wanted = template.split("/");
  return (
    wanted.length === segments.length &&
    wanted.every((one, at) => (one.startsWith("{") ? segments[at] !== "" : one === segments[at]))
  );
}

/** Returns a response whose body, which the client has already read, can be read any number of times. */
function readable({ response: given, text }: Answer): Response {
  // Callers may check `instanceof Response`, which fails for that of node-fetch.
  const response =
    given instanceof Response
      ? given
      : Object.defineProperty(new Response(null, given), "url", { value: (given as Response).url });
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
