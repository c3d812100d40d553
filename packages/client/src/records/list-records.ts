import { parseDate } from "../answers/dates.ts";
import { unwrap } from "../answers/unwrap.ts";
import { checkGuid } from "../check.ts";
import { InvalidRequestError, UnexpectedResponseError } from "../errors/errors.ts";
import { warn } from "../pipeline/observe.ts";
import type { AuditRecord, AuditRecordSearch, RecordTools } from "./audit-record.ts";

const dayMs = 86_400_000;
const daysKept = 90;
const daysByDefault = 30;
/** As in a link of the guide; no source gives a maximum. */
const pageSize = 500;

/** Pages in a row without a new record, before a list counts as endless. */
const mostBarrenPages = 20;

/** One page, as far as it is read. */
interface Page {
  items: unknown[];
  token: string | undefined;
}

/**
 * Yields the audit records of a time, page by page, each record once.
 *
 * The service may ignore a filter, repeat records, or name the next page in the body (C38): the result is the
 * same.
 */
export async function* listRecords(
  tools: RecordTools,
  search: AuditRecordSearch,
): AsyncGenerator<AuditRecord> {
  const { customerId, signal, headers, onResponse } = search;
  if (customerId !== undefined) checkGuid("customerId", customerId);
  const now = tools.runtime.now();
  const wanted = instant("since", search.since) ?? now - daysByDefault * dayMs;
  const until = instant("until", search.until) ?? Number.POSITIVE_INFINITY;
  const today = Math.floor(now / dayMs) * dayMs;
  const seen = new Set<string>();
  const tokens = new Set<string>();
  let first = Math.max(Math.floor(wanted / dayMs) * dayMs, today - daysKept * dayMs);
  let isCut = first > wanted;
  let token: string | undefined;
  for (let barren = 0; ;) {
    const sent = tools.send(
      "listAuditRecords",
      {
        query: {
          startDate: dayOf(first),
          size: pageSize,
          // A record of the last minutes may have a later date by the service's clock.
          ...(until < today && { endDate: dayOf(until) }),
          ...(customerId !== undefined && { filter: filterFor(customerId) }),
        },
        header: token === undefined ? {} : { "MS-ContinuationToken": token },
      },
      { signal, headers, onResponse },
    );
    let page: Page;
    try {
      page = await unwrap(sent, tools.unwrapOptions, readPage);
    } catch (error) {
      // By the service's clock it is already tomorrow.
      const isTooOld = (error as { status?: unknown }).status === 400 && token === undefined;
      if (!isTooOld || first > today - (daysKept - 2) * dayMs) throw error;
      first += dayMs;
      isCut = true;
      continue;
    }
    if (isCut) {
      const text = `since was cut to ${dayOf(first)}: audit records go back ${daysKept} days`;
      warn(tools.hooks, sent.call, text);
      isCut = false;
    }
    const before = seen.size;
    for (const item of page.items) {
      const record = readRecord(item, seen);
      if (record && isWithin(record, customerId, wanted, until)) yield record;
    }
    token = page.token;
    if (token === undefined) return;
    barren = seen.size > before ? 0 : barren + 1;
    if (tokens.has(token) || barren >= mostBarrenPages) {
      throw new UnexpectedResponseError(
        "The service returned the same page twice, or several pages without new records",
      );
    }
    tokens.add(token);
  }
}

/** Returns a record that was not seen before. One without an id cannot be recognized, so it counts as new. */
function readRecord(item: unknown, seen: Set<string>): AuditRecord | undefined {
  if (typeof item !== "object" || item === null) return undefined;
  const { id } = item as AuditRecord;
  const key = typeof id === "string" ? id : JSON.stringify(item);
  if (seen.has(key)) return undefined;
  seen.add(key);
  return item as AuditRecord;
}

/** Filters again, for a service that ignores the filter. An unreadable date is no reason to skip a record. */
function isWithin(
  record: AuditRecord,
  customerId: string | undefined,
  since: number,
  until: number,
): boolean {
  if (customerId !== undefined && !isSame(record.customerId, customerId)) return false;
  const { operationDate } = record;
  const date = typeof operationDate === "string" ? parseDate(operationDate)?.getTime() : undefined;
  return date === undefined || (date >= since && date <= until);
}

/** Compares GUIDs, which are case-insensitive. */
export function isSame(one: unknown, other: string): boolean {
  return typeof one === "string" && one.toLowerCase() === other.toLowerCase();
}

function instant(name: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const ms = value instanceof Date ? value.getTime() : value;
  if (typeof ms !== "number" || Number.isNaN(new Date(ms).getTime())) {
    throw new InvalidRequestError(name, "must be a Date, or milliseconds since 1970");
  }
  return ms;
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function filterFor(customerId: string): string {
  return JSON.stringify({ Field: "CustomerId", Value: customerId, Operator: "equals" });
}

function readPage(body: unknown): Page | undefined {
  const { items, links, continuationToken } = Object(body);
  if (!Array.isArray(items)) return undefined;
  const headers: unknown = links?.next?.headers;
  const found = (Array.isArray(headers) ? headers : []).find(
    (header) => String(header?.key).toLowerCase() === "ms-continuationtoken",
  ) as { value?: unknown } | undefined;
  const token = found?.value ?? continuationToken;
  return { items, token: typeof token === "string" && token ? token : undefined };
}
