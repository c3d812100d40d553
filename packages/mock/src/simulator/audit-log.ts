import { readAuditFilter } from "./audit-filter.ts";
import { type Outcome, refuse } from "./outcome.ts";
import { partnerId } from "./validation-codes.ts";
import type { CustomerQualification } from "./vetting.ts";

/** A change that the activity log records. */
export interface Change {
  /** When it was made, in milliseconds. */
  at: number;
  customerId: string;
  customerName: string;
  correlationId: string;
  userPrincipalName: string | undefined;
  applicationId: string | undefined;
  succeeded: boolean;
  before: CustomerQualification | undefined;
  after: CustomerQualification | undefined;
}

/** A recorded change. */
export interface AuditEntry extends Change {
  number: number;
  /** When a listing has it, in milliseconds; Infinity if none ever does. */
  appears: number;
}

/** Which records to list, as the parameters of the request. */
export interface AuditQuery {
  startDate: string | undefined;
  endDate: string | undefined;
  filter: string | undefined;
  /** The most records of the page. */
  size: number | undefined;
  continuationToken: string | undefined;
}

const day = 24 * 60 * 60 * 1000;
const daysKept = 90;
const daysByDefault = 30;
const largestPage = 500;

/** The activity log: who requested what, and when. A record appears some time after its request (A33). */
export class AuditLog {
  readonly #delay: number;
  /** In the order in which they appear, so that a page never moves. */
  readonly #entries: AuditEntry[] = [];
  #recorded = 0;

  /** @param delay How long after a request its record appears, in milliseconds. */
  constructor(delay: number) {
    this.#delay = delay;
  }

  /** Records a change, to be listed after the usual delay. */
  record(change: Change): AuditEntry {
    const oldest = change.at - (daysKept + 1) * day;
    while ((this.#entries[0]?.appears ?? oldest) < oldest) this.#entries.shift();
    const entry = { ...change, number: ++this.#recorded, appears: change.at + this.#delay };
    this.#insert(entry);
    return entry;
  }

  /** Lets a record appear so many milliseconds after its request; with Infinity, never. */
  delay(entry: AuditEntry, milliseconds: number): void {
    this.#entries.splice(this.#entries.indexOf(entry), 1);
    entry.appears = entry.at + milliseconds;
    this.#insert(entry);
  }

  /** Returns one page of the records that have appeared. */
  list(query: AuditQuery, now: number): Outcome {
    const { startDate, endDate, filter, size, continuationToken } = query;
    const today = Math.floor(now / day) * day;
    const start = startDate === undefined ? today - daysByDefault * day : Date.parse(startDate);
    const end = endDate === undefined ? Number.POSITIVE_INFINITY : Date.parse(endDate) + day;
    for (const [name, date] of Object.entries({ startDate: start, endDate: end - day })) {
      if (date < today - daysKept * day) {
        return invalid(`${name} is more than ${daysKept} days ago (A35)`, `query.${name}`);
      }
    }
    if (end <= start) return invalid("endDate is before startDate (A35)", "query.endDate");
    const accepts = filter === undefined ? () => true : readAuditFilter(filter);
    if (typeof accepts !== "function") return accepts;
    const first = continuationToken === undefined ? 0 : readToken(continuationToken);
    if (first === undefined) {
      return invalid(
        "MS-ContinuationToken is not from a page's links",
        "header.MS-ContinuationToken",
      );
    }

    const found = this.#entries.filter(
      (entry) => entry.appears <= now && entry.at >= start && entry.at < end && accepts(entry),
    );
    const last = first + Math.min(size ?? largestPage, largestPage);
    const items = found.slice(first, last).map((entry) => describe(entry));
    const self = linkTo(query);
    const token = { key: "MS-ContinuationToken", value: btoa(`audit-${last}`) };
    const links = {
      self: { ...self, headers: [] },
      ...(last < found.length && { next: { ...self, headers: [token] } }),
    };
    const attributes = { objectType: "Collection" };
    return { status: 200, body: { totalCount: items.length, items, links, attributes } };
  }

  /** Keeps the order; the newest almost always appears last. */
  #insert(entry: AuditEntry): void {
    let index = this.#entries.length;
    while (index > 0 && isAfter(this.#entries[index - 1]!, entry)) index--;
    this.#entries.splice(index, 0, entry);
  }
}

function isAfter(one: AuditEntry, other: AuditEntry): boolean {
  return one.appears > other.appears;
}

function invalid(what: string, place: string): Outcome {
  return refuse(400, "800002", `Invalid request input: ${what}`, [place]);
}

function linkTo({ startDate, endDate, filter, size }: AuditQuery) {
  const given = Object.entries({ startDate, endDate, filter, size }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)]],
  );
  const query = given.length > 0 ? `?${new URLSearchParams(given)}` : "";
  return { uri: `/v1/auditrecords${query}`.slice(0, 4096), method: "GET" };
}

/** Returns where a page begins. The contract's example of a token is one of another list. */
function readToken(token: string): number | undefined {
  const [, first] = /^[a-z]+-(\d{1,9})$/.exec(Buffer.from(token, "base64").toString()) ?? [];
  return first === undefined ? undefined : Number(first);
}

/** 1970 in .NET's ticks of 100 ns. */
const epoch = 621_355_968_000_000_000n;

/** Returns a record as a caller sees it. Members without a value are omitted. */
function describe(entry: AuditEntry) {
  const { at, number, customerId, customerName, correlationId, succeeded } = entry;
  // The examples have seven digits; those behind the millisecond make the id unique.
  const ticks = epoch + BigInt(at) * 10_000n + BigInt(number % 10_000);
  return {
    id: `${partnerId}_${customerId}_updatecustomerqualification_${ticks}`,
    partnerId,
    customerId,
    customerName,
    ...(entry.userPrincipalName && { userPrincipalName: entry.userPrincipalName }),
    ...(entry.applicationId && { applicationId: entry.applicationId }),
    resourceType: "customer",
    // A34
    ...(entry.before && { resourceOldValue: JSON.stringify(entry.before) }),
    ...(entry.after && { resourceNewValue: JSON.stringify(entry.after) }),
    operationType: "update_customer_qualification",
    originalCorrelationId: correlationId,
    operationDate: new Date(at)
      .toISOString()
      .replace("Z", `${String(number % 10_000).padStart(4, "0")}Z`),
    operationStatus: succeeded ? "succeeded" : "failed",
    customizedData: [],
    attributes: { objectType: "AuditRecord" },
  };
}
