import { documented, type Operation } from "@partner-qualifications/spec/model";
import { milliseconds } from "../simulator/duration.ts";
import type { CustomerFaults, Fault, FaultKind, Subject } from "./fault.ts";

/** Selects the faults of each request: added ones, and those of test customers. */
export class PendingFaults {
  #added: (Fault & { count: number })[] = [];
  /** Number of requests about each customer with a burst. */
  readonly #requests = new Map<string, number>();
  readonly #behaviorOf: (customerId: string) => CustomerFaults;

  constructor(behaviorOf: (customerId: string) => CustomerFaults) {
    this.#behaviorOf = behaviorOf;
  }

  /** @throws {RangeError} When a latency is not a duration. */
  add(...faults: Fault[]): void {
    for (const { delay } of faults) if (delay !== undefined) milliseconds(delay);
    for (const fault of faults) this.#added.push({ count: 1, ...fault });
  }

  /** Returns a copy of the pending faults. */
  list(): Fault[] {
    return structuredClone(this.#added);
  }

  clear(): void {
    this.#added = [];
  }

  /**
   * Returns the status with which a request fails instead of being carried out, and counts the failure.
   */
  takeFailure(operation: Operation, customerId: string | undefined): number | undefined {
    const added = this.#added.find(
      (fault) =>
        fault.kind === "failure" &&
        (fault.operationId ?? operation.id) === operation.id &&
        isAbout(fault, customerId) &&
        // If the operation does not document the status, the fault waits for one that does.
        documents(operation, fault.status),
    );
    if (added) {
      this.#countDown(added);
      return added.status;
    }
    const { burst } = this.#behaviorOf(customerId ?? "");
    if (!burst || customerId === undefined || !documents(operation, burst.status)) return undefined;
    const before = this.#requests.get(customerId) ?? 0;
    this.#requests.set(customerId, before + 1);
    return before % (burst.length + 1) < burst.length ? burst.status : undefined;
  }

  /** Returns the faults of a reply, and counts them. */
  take({ operationId, customerId, wasWritten, audited }: Subject): Fault[] {
    if (operationId === undefined) return [];
    const own = this.#behaviorOf(customerId ?? "").faults ?? [];
    if (own.length === 0 && this.#added.length === 0) return [];
    const applies = (fault: Fault) =>
      fault.kind !== "failure" &&
      (audited !== undefined || !fault.kind.startsWith("audit")) &&
      (fault.operationId ?? operationId) === operationId &&
      isAbout(fault, customerId) &&
      (fault.only !== "writes" || wasWritten === true);
    // At most one of each kind: two resets apply to two replies.
    const taken = new Map<FaultKind, Fault & { count: number }>();
    for (const fault of this.#added) {
      if (applies(fault) && !taken.has(fault.kind)) taken.set(fault.kind, fault);
    }
    for (const fault of taken.values()) this.#countDown(fault);
    return [...own.filter(applies), ...taken.values()];
  }

  #countDown(fault: { count: number }): void {
    fault.count--;
    if (fault.count <= 0) this.#added = this.#added.filter((other) => other !== fault);
  }
}

function documents(operation: Operation, status: number | undefined): boolean {
  return status !== undefined && documented(operation, status) !== undefined;
}

function isAbout(fault: Fault, customerId: string | undefined): boolean {
  return fault.customerId === undefined || fault.customerId.toLowerCase() === customerId;
}
