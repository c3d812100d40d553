import {
  AuthenticationError,
  BadRequestError,
  ConflictError,
  type CustomerQualification,
  InvalidRequestError,
  NotFoundError,
  parseDate,
  PartnerCenterError,
  PermissionError,
  type QualificationsClient,
  ThrottledError,
} from "@partner-qualifications/client";
import type { ClaimedRow, Patch } from "../store/portfolio.ts";

/** What became of one job. */
export interface Result {
  patch: Patch;
  /** When the row's next job starts, in milliseconds of the service's time; `"backOff"` leaves it to pg-boss. */
  next?: number | "backOff";
  /** The service has refused the request (429), and how long it wants to be left alone, in milliseconds. */
  throttledMs?: number;
  /** Whether a request was sent. */
  sent: boolean;
  /** A failure that no other row can escape: the sign-in. */
  fatal?: PartnerCenterError;
}

/** A 429 without `Retry-After`. */
const unnamedWaitMs = 5000;
/** A denial without a date, or close to the request, counts once it has stood for so long. */
const settleMs = 10 * 60_000;

const ended = (outcome: string, rest: Patch): Result => ({
  patch: { state: "ended", outcome, ended_at: Date.now(), ...rest },
  sent: true,
});
const inReview = (rest: Patch): Result => ({
  patch: { state: "inReview", ...rest },
  next: 0,
  sent: true,
});

/** What an item that has ended says of it. A state-owned entity is not reviewed, so it has no status. */
function outcomeOf({ qualification, vettingStatus, vettingReason }: CustomerQualification) {
  if (vettingStatus === "Denied") return { outcome: "Denied", reason: vettingReason ?? null };
  const isThere = vettingStatus == null && qualification === "StateOwnedEntity";
  return isThere || vettingStatus === "Approved" ? { outcome: "Approved" } : undefined;
}

/**
 * Requests a row's qualification. A request that was sent before goes out again under the same MS-RequestId, and the
 * client finds out what became of it.
 */
export async function request(
  client: QualificationsClient,
  row: ClaimedRow,
  signal: AbortSignal,
): Promise<Result> {
  const requested_at = row.sent_at ?? Date.now();
  const repeats = row.sent_before !== null && { sentAt: Math.floor(row.sent_before) };
  try {
    // The same for both, so that the audit record of a row is found without another column.
    const ids = { requestId: row.request_id, correlationId: row.request_id };
    const options = { ...ids, ...repeats, signal };
    const vetting = await client.qualifications.request(row.customer_id, row.body, options);
    const known = { requested_at, write: vetting.write, token: String(vetting) };
    const final = vetting.item && outcomeOf(vetting.item);
    // A denial beside a lost answer may be an old one: following decides that.
    const isFinal = final && (final.outcome === "Approved" || vetting.write === "created");
    return isFinal ? ended(final.outcome, { ...known, ...final }) : inReview(known);
  } catch (error) {
    if (!(error instanceof ConflictError)) return failed(error, true);
    return adopt(client, row, error, signal, requested_at).catch((other) => failed(other, true));
  }
}

/** The customer has it already, or something that excludes it: what it has is the outcome, or is followed. */
async function adopt(
  client: QualificationsClient,
  row: ClaimedRow,
  refusal: ConflictError,
  signal: AbortSignal,
  requested_at: number,
): Promise<Result> {
  const items = await client.qualifications.list(row.customer_id, { signal });
  const own = items.find(
    (item) => item.qualification === row.qualification && item.vettingStatus !== "Denied",
  );
  if (!own) return ended("Refused", reasonOf(refusal));
  const final = outcomeOf(own);
  const known = { requested_at, write: "alreadyPresent" };
  return final ? ended(final.outcome, { ...known, ...final }) : inReview(known);
}

/** How far the clocks of this machine and the service may differ, in milliseconds. */
const skewMs = 30 * 60_000;

/** Whether a denial dates from before a request that its audit record proves. */
function isFromBefore(item: CustomerQualification, { write, requested_at }: ClaimedRow): boolean {
  const date = parseDate(item.vettingCreateDate)?.getTime();
  return (
    write === "accepted" &&
    item.vettingStatus === "Denied" &&
    date !== undefined &&
    date < Number(requested_at) - skewMs
  );
}

/** Polls a row that is in review. */
export async function poll(
  client: QualificationsClient,
  row: ClaimedRow,
  signal: AbortSignal,
  ageMs: number,
): Promise<Result> {
  const polled: Patch = { polls: row.polls + 1, polled_at: Date.now() };
  try {
    let final: ReturnType<typeof outcomeOf>;
    if (row.token === null) {
      const items = await client.qualifications.list(row.customer_id, { signal });
      const own = items.find(
        (item) => item.qualification === row.qualification && !isFromBefore(item, row),
      );
      final = own && outcomeOf(own);
    } else {
      const vetting = client.qualifications.resume(row.token);
      for await (const { outcome, ignored, error } of vetting.states({ signal })) {
        if (error) throw error;
        const old =
          ageMs < settleMs ? undefined : ignored.find(({ why }) => why === "perhapsOlder");
        const item = outcome?.item ?? old?.item;
        final = item && outcomeOf(item);
        break;
      }
      polled.token = String(vetting);
    }
    return final ? ended(final.outcome, { ...polled, ...final }) : inReview(polled);
  } catch (error) {
    const result = failed(error, false);
    return { ...result, patch: { polls: row.polls + 1, ...result.patch } };
  }
}

const reasonOf = (error: PartnerCenterError): Patch => ({
  reason: (error.description ?? error.message).slice(0, 500),
  code: error.code ?? (error.status === undefined ? null : String(error.status)),
});

function failed(error: unknown, isWrite: boolean): Result {
  if (!(error instanceof PartnerCenterError)) throw error;
  if (error instanceof ThrottledError) {
    const throttledMs = error.retryAfterMs ?? unnamedWaitMs;
    return { patch: { waiting: "throttled" }, next: throttledMs, throttledMs, sent: true };
  }
  if (error instanceof AuthenticationError) return { patch: {}, next: 0, sent: true, fatal: error };
  const isRefusal =
    error instanceof NotFoundError ||
    error instanceof InvalidRequestError ||
    (error instanceof BadRequestError && error.status !== 408);
  // Right after a request, another part of the service may not know of it yet: a poll is repeated.
  if (error instanceof PermissionError || (isRefusal && isWrite))
    return ended("Refused", reasonOf(error));
  const waiting = [error.kind, error.status].filter(Boolean).join(" ");
  return { patch: { waiting, ...reasonOf(error) }, next: "backOff", sent: true };
}
