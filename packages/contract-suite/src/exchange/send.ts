import { Agent as HttpAgent, type IncomingMessage, request as http } from "node:http";
import { Agent as HttpsAgent, request as https } from "node:https";
import { setTimeout as wait } from "node:timers/promises";
import { HangingError, UnreachableError } from "../errors.ts";
import {
  addressOf,
  type Answer,
  type Case,
  type Draft,
  type Exchange,
  type SentRequest,
} from "./exchange.ts";
import { isLoopback, type Target } from "./target.ts";

/** Sends a case. Rejects only if the server is unreachable or hangs. */
export type Send = (one: Case) => Promise<Exchange>;

/** Number of consecutive timeouts before giving up. */
const mostHangs = 10;

/** The default token. */
const anyToken = "contract-suite";

/**
 * Sends over `node:http`, which changes nothing: `fetch` would normalize addresses, reject methods and
 * add headers.
 *
 * @param now Returns the time by the target's clock, in milliseconds.
 */
export function senderTo(target: Target, now: () => number): { send: Send; close: () => void } {
  const isHttps = new URL(target.baseUrl).protocol === "https:";
  const agent = isHttps ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true });
  const { timeoutMs: timeout = 10_000, rate = isLoopback(target.baseUrl) ? Infinity : 5 } = target;
  let nextAt = 0;
  let isKnown = false;
  let hangs = 0;

  const send: Send = async (one) => {
    const delay = nextAt - performance.now();
    if (delay > 0) await wait(delay);
    nextAt = Math.max(performance.now(), nextAt) + 1000 / rate;

    const request = requestOf(target, one.draft);
    const at = now();
    const began = performance.now();
    const took = () => performance.now() - began;
    try {
      const answer = await exchange(isHttps ? https : http, agent, request, timeout);
      isKnown = true;
      hangs = 0;
      return { case: one, request, answer, took: took(), at };
    } catch (error) {
      // A server that answered before hangs in this request only, unless it hangs in many.
      if (error instanceof HangingError && (!isKnown || ++hangs >= mostHangs)) throw error;
      const { code, message } = error as NodeJS.ErrnoException;
      // A server that resets connections is running.
      if (!isKnown && code !== "ECONNRESET") {
        throw new UnreachableError(`${target.baseUrl} is unreachable (${code ?? message})`);
      }
      const isHanging = error instanceof HangingError;
      const lost = isHanging ? `timed out after ${timeout / 1000} s` : (code ?? message);
      return { case: one, request, lost, took: took(), at };
    }
  };
  return { send, close: () => agent.destroy() };
}

/** Serializes a draft for a target. */
export function requestOf(target: Target, draft: Draft): SentRequest {
  const { method, token, headers, body } = draft;
  const authorization =
    token === undefined
      ? `Bearer ${target.token ?? anyToken}`
      : "none" in token
        ? undefined
        : token.authorization;
  return {
    method,
    url: target.baseUrl.replace(/\/$/, "") + addressOf(draft),
    headers: { ...(authorization !== undefined && { Authorization: authorization }), ...headers },
    body,
  };
}

/** Retries once if a kept-alive connection was closed just as it was reused. */
async function exchange(...call: Parameters<typeof exchangeOnce>): Promise<Answer> {
  try {
    return await exchangeOnce(...call);
  } catch (error) {
    if ((error as { wasKept?: boolean }).wasKept !== true) throw error;
    return exchangeOnce(...call);
  }
}

function exchangeOnce(
  start: typeof http,
  agent: HttpAgent,
  { method, url, headers, body }: SentRequest,
  timeout: number,
): Promise<Answer> {
  const { hostname, port, protocol } = new URL(url);
  const path = url.slice(url.indexOf("/", url.indexOf("//") + 2));
  const length = body === undefined ? {} : { "Content-Length": String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const outgoing = start(
      {
        protocol,
        hostname: hostname.replace(/^\[|\]$/g, ""),
        port,
        method,
        path,
        agent,
        headers: { ...headers, ...length },
      },
      (incoming) => read(incoming).then(resolve, reject).finally(stop),
    );
    const timer = setTimeout(() => {
      const seconds = timeout / 1000;
      outgoing.destroy(new HangingError(`no response within ${seconds} s: ${method} ${url}`));
    }, timeout);
    const stop = () => clearTimeout(timer);
    outgoing.once("error", (error) => {
      stop();
      const { code } = error as NodeJS.ErrnoException;
      const wasKept = outgoing.reusedSocket && code === "ECONNRESET";
      reject(Object.assign(error, { wasKept }));
    });
    outgoing.end(body);
  });
}

async function read(incoming: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const headers = Object.entries(incoming.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(", ") : (value ?? ""),
  ]);
  return {
    status: incoming.statusCode ?? 0,
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: new TextDecoder().decode(Buffer.concat(chunks)),
  };
}

/** Returns the bytes of a request's start line and headers. */
export function headBytes({ method, url, headers }: SentRequest): number {
  const { host, pathname, search } = new URL(url);
  const lines = [`${method} ${pathname}${search} HTTP/1.1`, `Host: ${host}`];
  for (const [name, value] of Object.entries(headers)) lines.push(`${name}: ${value}`);
  return Buffer.byteLength(lines.join("\r\n"), "latin1") + 4;
}
