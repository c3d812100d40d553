import {
  AuthenticationError,
  BadRequestError,
  ConflictError,
  type CustomerQualification,
  InvalidRequestError,
  NotFoundError,
  PartnerCenterError,
  PermissionError,
  type QualificationsClient,
  ThrottledError,
} from "@partner-qualifications/client";
import type { Change, Row } from "../store/portfolio.ts";

/** What became of one job. */
export interface Result {
  change: Change;
  /** When the row's next job starts, in milliseconds of the service's time; `"backOff"` leaves it to pg-boss. */
  next?: number | "backOff";
  /** The service has refused the request (429), and how long it wants to be left alone, in milliseconds. */
  throttledMs?: number;
  /** Whether a request was sent. */
  sent: boolean;
  /** A failure that no other row can escape: the sign-in. */
  fatal?: PartnerCenterError;
}

type Claimed = Row & { claim: string };

/** A 429 without `Retry-After`. */
const unnamedWaitMs = 5000;

export const keep = (row: Claimed): Change => ({
  id: row.id,
  claim: row.claim,
  state: row.state,
  failures: row.failures,
});

const ended = (row: Claimed, outcome: string, rest: Partial<Change> = {}): Result => ({
  change: { ...keep(row), failures: 0, state: "ended", outcome, ended_at: Date.now(), ...rest },
  sent: true,
});

/** Whether an item has ended, and how. A state-owned entity is not reviewed, so it has no status. */
function outcomeOf({ qualification, vettingStatus, vettingReason }: CustomerQualification) {
  if (vettingStatus === "Denied") return { outcome: "Denied", reason: vettingReason };
  const isThere = vettingStatus == null && qualification === "StateOwnedEntity";
  return isThere || vettingStatus === "Approved"
    ? { outcome: "Approved", reason: undefined }
    : undefined;
}

/**
 * Requests a row's qualification. A request that was sent before goes out again under the same MS-RequestId, and the
 * client finds out what became of it.
 */
export async function request(
  client: QualificationsClient,
  row: Claimed,
  signal: AbortSignal,
): Promise<Result> {
  const requested_at = row.sent_before ?? row.sent_at ?? Date.now();
  try {
    const vetting = await client.qualifications.request(row.customer_id, row.body, {
      requestId: row.request_id,
      ...(row.sent_before !== null && { sentAt: Math.floor(row.sent_before) }),
      signal,
    });
    const known = { requested_at, write: vetting.write, token: String(vetting) };
    const final = vetting.item && outcomeOf(vetting.item);
    // A denial beside a lost answer may be an old one: following decides that.
    if (final && (final.outcome === "Approved" || vetting.write === "created")) {
      return ended(row, final.outcome, { ...known, reason: final.reason });
    }
    return {
      change: { ...keep(row), ...known, state: "inReview", failures: 0 },
      next: 0,
      sent: true,
    };
  } catch (error) {
    if (error instanceof ConflictError) return adopt(client, row, error, signal, requested_at);
    return failed(row, error, { isWrite: true });
  }
}

/** The customer has it already, or something that excludes it: what it has is the outcome, or is followed. */
async function adopt(
  client: QualificationsClient,
  row: Claimed,
  refusal: ConflictError,
  signal: AbortSignal,
  requested_at: number,
): Promise<Result> {
  try {
    const items = await client.qualifications.list(row.customer_id, { signal });
    const own = items.find(
      (item) => item.qualification === row.qualification && item.vettingStatus !== "Denied",
    );
    if (!own) return ended(row, "Refused", refusedWith(refusal));
    const final = outcomeOf(own);
    const known = { requested_at, write: "alreadyPresent" };
    return final
      ? ended(row, final.outcome, { ...known, reason: final.reason })
      : { change: { ...keep(row), ...known, state: "inReview", failures: 0 }, next: 0, sent: true };
  } catch (error) {
    return failed(row, error, { isWrite: true });
  }
}

/** A denial without a date, or close to the request, counts once it has stood for so long. */
const settleMs = 10 * 60_000;

/** Polls a row that is in review. */
export async function poll(
  client: QualificationsClient,
  row: Claimed,
  signal: AbortSignal,
  ageMs: number,
): Promise<Result> {
  const polled = { polls: row.polls + 1, polled_at: Date.now() };
  try {
    if (row.token === null) {
      const items = await client.qualifications.list(row.customer_id, { signal });
      const own = items.find((item) => item.qualification === row.qualification);
      const final = own && outcomeOf(own);
      if (final) return ended(row, final.outcome, { ...polled, reason: final.reason });
    } else {
      const vetting = client.qualifications.resume(row.token);
      for await (const { outcome, ignored, error } of vetting.states({ signal })) {
        if (error) throw error;
        const late =
          ageMs >= settleMs ? ignored.find(({ why }) => why === "perhapsOlder") : undefined;
        const final = outcome ? outcomeOf(outcome.item) : late && outcomeOf(late.item);
        if (final) return ended(row, final.outcome, { ...polled, reason: final.reason });
        break;
      }
      Object.assign(polled, { token: String(vetting) });
    }
    return { change: { ...keep(row), ...polled, failures: 0 }, next: 0, sent: true };
  } catch (error) {
    return failed({ ...row, polls: polled.polls }, error, { isWrite: false });
  }
}

const refusedWith = (error: PartnerCenterError): Partial<Change> => ({
  reason: (error.description ?? error.message).slice(0, 500),
  code: error.code ?? (error.status === undefined ? undefined : String(error.status)),
});

/** So many polls in a row may fail the same way over so long before a row is given up, in service time. */
const fewestFailures = 5;
const patienceMs = 4 * 3_600_000;

function failed(row: Claimed, error: unknown, { isWrite }: { isWrite: boolean }): Result {
  if (!(error instanceof PartnerCenterError)) throw error;
  const change = keep(row);
  if (error instanceof ThrottledError) {
    const throttledMs = error.retryAfterMs ?? unnamedWaitMs;
    return {
      change: { ...change, waiting: "throttled" },
      next: throttledMs,
      throttledMs,
      sent: true,
    };
  }
  if (error instanceof AuthenticationError) return { change, next: 0, sent: true, fatal: error };
  const isBad = error instanceof BadRequestError && error.status !== 408;
  const isRefusal =
    error instanceof PermissionError ||
    error instanceof NotFoundError ||
    error instanceof InvalidRequestError ||
    isBad;
  const since = row.failing_since ?? Date.now();
  if (isRefusal && (isWrite || error instanceof PermissionError)) {
    return ended(row, "Refused", refusedWith(error));
  }
  // Right after a request another part of the service may not know of it yet.
  if (isRefusal && row.failures >= fewestFailures && Date.now() - since >= patienceMs) {
    return ended(row, "Refused", refusedWith(error));
  }
  return {
    change: {
      ...change,
      failures: row.failures + 1,
      failing_since: since,
      polls: row.polls,
      waiting: error.status === undefined ? error.kind : `${error.kind} ${error.status}`,
    },
    next: "backOff",
    sent: true,
  };
}
