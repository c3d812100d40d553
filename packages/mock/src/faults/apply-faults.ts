import { setTimeout as wait } from "node:timers/promises";
import type { Reply } from "../http/reply.ts";
import type { AuditEntry, AuditLog } from "../simulator/audit-log.ts";
import { milliseconds } from "../simulator/duration.ts";
import type { Outcome } from "../simulator/outcome.ts";
import type { Fault, FaultKind } from "./fault.ts";

/**
 * Turns an outcome into a reply and applies its faults in three stages, in any order of the list:
 * changes of the value, then of the bytes, then of the connection. So any faults can be combined.
 */
export async function applyFaults(outcome: Required<Outcome>, faults: Fault[]): Promise<Reply> {
  if (faults.length === 0) return { ...outcome, body: JSON.stringify(outcome.body) };
  // At most one of each kind; an added fault overrides the customer's.
  const kinds = new Map(faults.map((fault) => [fault.kind, fault]));
  const value = changeValue(outcome.body, kinds);
  const reply = changeBytes({ ...outcome, body: JSON.stringify(value) }, kinds);
  const latency = kinds.get("latency");
  if (latency) await waitFor(milliseconds(latency.delay ?? "PT1S"));
  // A lost reply leaves nothing to truncate.
  const cut = (["reset", "truncated"] as const).find((kind) => kinds.has(kind));
  return cut ? { ...reply, cut } : reply;
}

/** Lets the audit record of a write appear later or never, as its faults say. */
export function delayRecord(log: AuditLog, entry: AuditEntry, faults: Fault[]): void {
  const kinds = new Map(faults.map((fault) => [fault.kind, fault]));
  const delayed = kinds.get("auditDelay");
  if (kinds.has("auditHidden")) log.delay(entry, Number.POSITIVE_INFINITY);
  else if (delayed) log.delay(entry, milliseconds(delayed.delay ?? "PT1M"));
}

/** The maximum delay of a Node timer, in milliseconds: 24.8 days. */
const longestTimer = 2 ** 31 - 1;

/** Waits any time, without keeping the process of a closed mock alive. */
async function waitFor(duration: number): Promise<void> {
  for (let left = duration; left > 0; left -= longestTimer) {
    await wait(Math.min(left, longestTimer), undefined, { ref: false });
  }
}

type Kinds = ReadonlyMap<FaultKind, Fault>;

/** Changes one qualification, or a list of them. Other values stay as they are. */
function changeValue(body: unknown, kinds: Kinds): unknown {
  const items: unknown[] = Array.isArray(body) ? body : [body];
  if (!items.every(isQualification)) return body;
  const changed = items.map((item) =>
    Object.fromEntries(
      Object.entries(item).map(([name, value]) => {
        if (name !== "vettingCreateDate") return [name, value];
        return [
          kinds.has("createdDate") ? "vettingCreatedDate" : name,
          kinds.has("longDate") ? longDate(String(value)) : value,
        ];
      }),
    ),
  );
  // The object of the official Swagger.
  if (kinds.has("wrapper")) return { qualifications: changed };
  return Array.isArray(body) ? changed : changed[0];
}

function isQualification(item: unknown): item is object {
  return typeof item === "object" && item !== null && "qualification" in item;
}

function longDate(date: string): string {
  const [, toSeconds, fraction = "."] = /^(.{19})(\.\d+)?Z$/.exec(date) ?? [];
  return toSeconds === undefined ? date : `${toSeconds}${fraction.padEnd(8, "0")}+00:00`;
}

function changeBytes(reply: Reply, kinds: Kinds): Reply {
  let { status, headers, body } = reply;
  if (kinds.has("htmlPage")) {
    status = 502;
    headers = { date: headers.date ?? "", "content-type": "text/html" };
    body = "<html><body><h1>502 Bad Gateway</h1></body></html>";
  }
  if (kinds.has("byteOrderMark")) body = `\uFEFF${body}`;
  if (kinds.has("wrongContentType")) headers = { ...headers, "content-type": "text/plain" };
  return { status, headers, body };
}
