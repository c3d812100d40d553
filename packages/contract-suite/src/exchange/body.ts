import type { Json } from "@partner-qualifications/spec/model";
import type { Exchange } from "./exchange.ts";

/** Returns the media type of a Content-Type, in lower case; undefined if it is malformed. */
export function mediaTypeOf(declared: string): string | undefined {
  const token = /[\w!#$&^.+*'|~-]+/.source;
  const parameter = `\\s*;\\s*${token}=(${token}|"[^"]*")`;
  const whole = new RegExp(`^\\s*(${token}/${token})(${parameter})*\\s*;?\\s*$`);
  return whole.exec(declared)?.[1]?.toLowerCase();
}

/** Whether a media type is JSON. */
export function isJson(type: string): boolean {
  return /^(application|text)\/([\w.+-]+\+)?json$/.test(type);
}

/** Returns a response's JSON value; undefined if it is not JSON. */
export function jsonOf({ answer }: Exchange): unknown {
  try {
    return JSON.parse(answer?.body ?? "");
  } catch {
    return undefined;
  }
}

/** Returns a body for its schema: a JSON value, or text as a string. */
export function bodyOf(exchange: Exchange, type: string): Json | undefined {
  return isJson(type) ? (jsonOf(exchange) as Json | undefined) : exchange.answer?.body;
}
