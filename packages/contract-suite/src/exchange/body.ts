import type { Json } from "@partner-qualifications/spec/model";
import type { Exchange } from "./exchange.ts";

/** The type and subtype of a Content-Type in lower case; undefined when it is malformed. */
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

/** The JSON value of an answer; undefined when it is not JSON. */
export function jsonOf({ answer }: Exchange): unknown {
  try {
    return JSON.parse(answer?.body ?? "");
  } catch {
    return undefined;
  }
}

/** A body as its schema sees it: a JSON value, or a text as a string. */
export function bodyOf(exchange: Exchange, type: string): Json | undefined {
  return isJson(type) ? (jsonOf(exchange) as Json | undefined) : exchange.answer?.body;
}
