import { checkGuid } from "../check.ts";
import { InvalidRequestError } from "../errors/index.ts";

/** What is needed to go on following a vetting, and nothing else: no answer, no secret. */
export interface VettingState {
  customerId: string;
  qualification: string;
  requestId: string;
  /** Answers from before this moment do not count; milliseconds since 1970, the service's clock. */
  since: number;
}

const version = "pq1";

/** A text that can be kept anywhere and read by {@link readResumeToken}. */
export function writeResumeToken({
  customerId,
  qualification,
  requestId,
  since,
}: VettingState): string {
  const text = [customerId, qualification, requestId, since].join("/");
  return [version, text, checksum(text)].join(".");
}

/** @throws {InvalidRequestError} When the text is not a token, or was changed. */
export function readResumeToken(token: string): VettingState {
  const [start, text = "", sum, ...more] = typeof token === "string" ? token.split(".") : [];
  const wrong = new InvalidRequestError("token", "must be one that a vetting's toString() gave");
  if (start !== version || sum !== checksum(text) || more.length > 0) throw wrong;
  const [customerId = "", qualification = "", requestId = "", since = ""] = text.split("/");
  checkGuid("token", customerId);
  if (qualification === "" || !/^\d+$/.test(since)) throw wrong;
  return { customerId, qualification, requestId, since: Number(since) };
}

/** FNV-1a: finds a slip of the hand; it is no protection, and none is needed. */
function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
