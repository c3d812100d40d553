import type { IncomingMessage } from "node:http";
import { type Body, readBody } from "./read-body.ts";

/** A request as it came. */
export interface Message {
  method: string;
  url: URL;
  /** Names are in lower case. */
  headers: Record<string, string>;
  body: Body;
}

/** Reads a request to its end; undefined when its address is none. */
export async function receive(incoming: IncomingMessage): Promise<Message | undefined> {
  const { method = "", url: target = "" } = incoming;
  // Of all that Node joins or keeps apart, only cookies would be a list.
  const headers = incoming.headers as Record<string, string>;
  // An address may also be whole; one that begins with two slashes is not.
  const address = target.startsWith("/")
    ? `http://${headers.host ?? "localhost"}${target}`
    : target;
  if (!/^https?:/.test(address) || !URL.canParse(address)) return undefined;
  return { method, url: new URL(address), headers, body: await readBody(incoming) };
}
