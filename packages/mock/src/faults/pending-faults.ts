import type { Answered } from "../gateway/check.ts";
import type { Fault, FaultKind } from "./fault.ts";
import type { Operation } from "../prism/prism-operations.ts";
import { milliseconds } from "../simulator/duration.ts";
import type { TestCustomer } from "../world/test-customer.ts";

/** What goes wrong: what was asked for, and what test customers stand for. */
export class Faults {
  #asked: (Fault & { count: number })[] = [];
  readonly #requests = new Map<string, number>();
  readonly #behaviourOf: (customerId: string) => Partial<TestCustomer>;

  constructor(behaviourOf: (customerId: string) => Partial<TestCustomer>) {
    this.#behaviourOf = behaviourOf;
  }

  /** @throws {RangeError} When a latency is not a duration. */
  add(...faults: Fault[]): void {
    for (const { delay } of faults) if (delay !== undefined) milliseconds(delay);
    for (const fault of faults) this.#asked.push({ count: 1, ...fault });
  }

  /** Those that are still to come. */
  list(): Fault[] {
    return structuredClone(this.#asked);
  }

  clear(): void {
    this.#asked = [];
  }

  /** The status with which a request is to fail instead of being carried out. */
  takeFailure(operation: Operation, customerId: string | undefined): number | undefined {
    const asked = this.#asked.find(
      (fault) =>
        fault.kind === "failure" &&
        (fault.operationId ?? operation.iid) === operation.iid &&
        isAbout(fault, customerId) &&
        // One that the operation does not document waits for an operation that does.
        documents(operation, fault.status),
    );
    if (asked) {
      this.#countDown(asked);
      return asked.status;
    }
    const { burst } = this.#behaviourOf(customerId ?? "");
    if (!burst || customerId === undefined || !documents(operation, burst.status)) return undefined;
    const before = this.#requests.get(customerId) ?? 0;
    this.#requests.set(customerId, before + 1);
    return before % (burst.length + 1) < burst.length ? burst.status : undefined;
  }

  /** What is to be done to an answer. */
  take(answer: Omit<Answered, "answer">): Fault[] {
    if (answer.operationId === undefined) return [];
    const own = this.#behaviourOf(answer.customerId ?? "").faults ?? [];
    if (own.length === 0 && this.#asked.length === 0) return [];
    const applies = (fault: Fault) =>
      fault.kind !== "failure" &&
      (fault.operationId ?? answer.operationId) === answer.operationId &&
      isAbout(fault, answer.customerId) &&
      (fault.only !== "writes" || answer.wasWritten === true);
    // One of each kind: two resets are meant for two answers.
    const taken = new Map<FaultKind, Fault & { count: number }>();
    for (const fault of this.#asked) {
      if (applies(fault) && !taken.has(fault.kind)) taken.set(fault.kind, fault);
    }
    for (const fault of taken.values()) this.#countDown(fault);
    return [...own.filter(applies), ...taken.values()];
  }

  #countDown(fault: { count: number }): void {
    fault.count--;
    if (fault.count <= 0) this.#asked = this.#asked.filter((other) => other !== fault);
  }
}

function documents({ responses }: Operation, status: number | undefined): boolean {
  return responses.some(({ code }) => code === String(status));
}

function isAbout(fault: Fault, customerId: string | undefined): boolean {
  return fault.customerId === undefined || fault.customerId.toLowerCase() === customerId;
}
