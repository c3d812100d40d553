import { UnreachableError } from "../errors.ts";

/** What a mock tells of a customer that stands for something. */
export interface StandIn {
  id: string;
  summary: string;
  education?: string;
  throttle?: { requests: number; per: string };
  burst?: { status: number; length: number };
  refusal?: { status: number; only?: "writes" };
  faults?: object[];
}

/** The mock's clock, its faults and its test customers, over HTTP. */
export interface MockControl {
  /** The time by the mock's clock, in milliseconds. It stands still. */
  now(): number;
  /** Forgets everything, and freezes the clock. */
  reset(): Promise<void>;
  /** Moves the clock forward by an ISO 8601 duration. */
  advance(duration: string): Promise<void>;
  /** Lets the next request of an operation fail. */
  failNext(operationId: string, status: number, ...more: object[]): Promise<void>;
  /** The customers that stand for something. */
  customers: StandIn[];
  /** Tokens that are refused with 401. */
  badTokens: string[];
  /** A token for each kind, by the name of its security scheme. */
  tokens: Record<string, string>;
}

/**
 * Takes control of a mock.
 *
 * @param base Its base address; what is asked for is under `/_mock/`.
 * @throws {UnreachableError} When there is no mock.
 */
export async function controlOf(base: string): Promise<MockControl> {
  let time = 0;
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const ask = () =>
      fetch(`${base.replace(/\/$/, "")}/_mock/${path}`, {
        method,
        headers: { "Content-Type": "application/json" },
        ...(body && { body: JSON.stringify(body) }),
      });
    const response = await ask()
      // A kept connection may be closed in the moment in which it is taken again.
      .catch((error: Error) => (reasonOf(error) === "ECONNRESET" ? ask() : Promise.reject(error)))
      .catch((error: Error) => {
        throw new UnreachableError(`the control at ${base} is not there (${reasonOf(error)})`);
      });
    const text = await response.text();
    if (!response.ok) {
      throw new UnreachableError(`the control at ${base} answers ${response.status}: ${text}`);
    }
    return JSON.parse(text);
  };
  const keepTime = (clock: unknown) => {
    time = Date.parse((clock as { now: string }).now);
  };

  const { customers } = (await call("GET", "test-customers")) as { customers: StandIn[] };
  const control: MockControl = {
    now: () => time,
    async reset() {
      await call("POST", "reset");
      keepTime(await call("PUT", "clock", { mode: "manual" }));
    },
    async advance(duration) {
      keepTime(await call("POST", "clock/advance", { by: duration }));
    },
    async failNext(operationId, status, ...more) {
      const faults = [{ kind: "failure", status }, ...more];
      await call(
        "POST",
        "faults",
        faults.map((fault) => Object.assign(fault, { operationId })),
      );
    },
    customers,
    badTokens: ["expired", "wrong-audience"],
    tokens: { appUser: "a-user", appOnly: "app-only" },
  };
  await control.reset();
  return control;
}

function reasonOf({ cause, message }: Error): string {
  return (cause as NodeJS.ErrnoException | undefined)?.code ?? message;
}
