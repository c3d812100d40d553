import { checkGuid } from "../check.ts";
import { InvalidRequestError } from "../errors/errors.ts";
import type { Bound } from "./bound.ts";

/** What is needed to go on following a vetting, and nothing else: no answer, no secret. */
export interface VettingState extends Bound {
  customerId: string;
  qualification: string;
  requestId: string;
  /** The host that was asked, so that no other is asked instead; of a loopback the port may change. */
  host: string;
}

const version = "pq2";

/** A text that can be kept anywhere and read by {@link readResumeToken}. */
export function writeResumeToken(state: VettingState): string {
  const { customerId, qualification, requestId, since, exact, host } = state;
  const text = [customerId, qualification, requestId, since, exact ? "=" : "~", host].join("/");
  return `${version}.${text}.${checksum(text)}`;
}

/** @throws {InvalidRequestError} When the text is not a token, was changed, or belongs to another host. */
export function readResumeToken(token: string, ownHost: string): VettingState {
  const [, start, text = "", sum] = /^(pq\d+)\.(.+)\.(\w+)$/.exec(String(token).trim()) ?? [];
  if (start !== undefined && start !== version) {
    throw wrong(
      `is of another version, ${start}, and this client reads ${version}: ask again, or list`,
    );
  }
  const [customerId = "", qualification = "", requestId = "", since = "", exact, host = ""] =
    text.split("/");
  if (sum !== checksum(text) || qualification === "" || !/^\d+$/.test(since)) {
    throw wrong("must be one that a vetting's toString() gave");
  }
  checkGuid("token", customerId);
  if (host !== ownHost) throw wrong(`is of ${host}, and this client speaks to ${ownHost}`);
  const isExact = exact === "=";
  return { customerId, qualification, requestId, since: Number(since), exact: isExact, host };
}

function wrong(rule: string): InvalidRequestError {
  return new InvalidRequestError("token", rule);
}

/** FNV-1a: finds a slip of the hand; it is no protection, and none is needed. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
