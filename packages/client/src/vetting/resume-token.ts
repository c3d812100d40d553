import { checkGuid } from "../check.ts";
import { InvalidRequestError } from "../errors/errors.ts";
import type { Bound } from "./bound.ts";

/** What it takes to follow a vetting. It holds no response and no secret. */
export interface VettingState extends Bound {
  customerId: string;
  qualification: string;
  requestId: string;
  /** The host that accepted the request. The port may change, for instance on loopback. */
  host: string;
}

const version = "pq2";

/** Returns a text that any store can keep and {@link readResumeToken} parses. */
export function writeResumeToken(state: VettingState): string {
  const { customerId, qualification, requestId, since, exact, host } = state;
  const text = [customerId, qualification, requestId, since, exact ? "=" : "~", host].join("/");
  return `${version}.${text}.${checksum(text)}`;
}

/** @throws {InvalidRequestError} When the text is not a token, was changed, or belongs to another host. */
export function readResumeToken(token: string, ownHost: string): VettingState {
  const [, start, text = "", sum] = /^(pq\d+)\.(.+)\.(\w+)$/.exec(String(token).trim()) ?? [];
  if (start !== undefined && start !== version) {
    throw wrong(`has version ${start}, but this client reads ${version}: request again, or list`);
  }
  const [customerId = "", qualification = "", requestId = "", since = "", exact, host = ""] =
    text.split("/");
  if (sum !== checksum(text) || qualification === "" || !/^\d+$/.test(since)) {
    throw wrong("must be the string that String(vetting) returned");
  }
  checkGuid("token", customerId);
  if (host !== ownHost) throw wrong(`belongs to ${host}, but this client uses ${ownHost}`);
  return { customerId, qualification, requestId, since: Number(since), exact: exact === "=", host };
}

const wrong = (rule: string) => new InvalidRequestError("token", rule);

/** FNV-1a. It detects a typing error; it protects nothing, and nothing needs protection. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
