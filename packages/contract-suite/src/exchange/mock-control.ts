import { UnreachableError } from "../errors.ts";

/** What the mock reports about a test customer. */
export interface TestCustomer {
  id: string;
  summary: string;
  education?: string;
  throttle?: { requests: number; per: string };
  burst?: { status: number; length: number };
  refusal?: { status: number; only?: "writes" };
  faults?: object[];
}

/** What the mock reports about itself. */
export interface MockInfo {
  /** Base URL of its control API. */
  base: string;
  /** Customers with special behavior. */
  customers: TestCustomer[];
  /** Tokens that the mock refuses with 401. It accepts any other. */
  badTokens: string[];
}

/** The mock's clock, its faults and its test customers, over HTTP. */
export interface MockControl extends MockInfo {
  /** The time of the mock's frozen clock, in milliseconds. */
  now(): number;
  /** Resets the mock and freezes its clock. */
  reset(): Promise<void>;
  /** Resets the mock to its initial state. */
  release(): Promise<void>;
  /** Advances the clock by an ISO 8601 duration. */
  advance(duration: string): Promise<void>;
  /** Makes the next request of an operation fail. */
  failNext(operationId: string, status: number, ...more: object[]): Promise<void>;
  /** A token of each kind, by the name of its security scheme. */
  tokens: Record<string, string>;
}

const badTokens = ["expired", "wrong-audience"];

/**
 * Finds this project's mock behind a base URL; undefined for any other server.
 *
 * @param timeout Timeout of the request, in milliseconds.
 */
export async function findMock(base: string, timeout = 10_000): Promise<MockInfo | undefined> {
  // The service itself is reached over https only.
  if (!base.startsWith("http:")) return undefined;
  try {
    const signal = AbortSignal.timeout(timeout);
    const response = await fetch(`${base.replace(/\/$/, "")}/_mock/test-customers`, { signal });
    const { customers, tokens } = (await response.json()) as Record<string, unknown>;
    const isMock = response.ok && Array.isArray(customers) && Array.isArray(tokens);
    return isMock ? { base, customers, badTokens } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes control of a mock.
 *
 * @param base Its base URL; the control API is under `/_mock/`.
 * @throws {UnreachableError} When there is no mock.
 */
export async function controlOf(base: string): Promise<MockControl> {
  let time = 0;
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const send = () =>
      fetch(`${base.replace(/\/$/, "")}/_mock/${path}`, {
        method,
        headers: { "Content-Type": "application/json" },
        ...(body && { body: JSON.stringify(body) }),
      });
    const response = await send()
      // The server may close a kept-alive connection just as it is reused.
      .catch((error: Error) => (closed.has(reasonOf(error)) ? send() : Promise.reject(error)))
      .catch((error: Error) => {
        throw new UnreachableError(
          `the control API at ${base} is unreachable (${reasonOf(error)})`,
        );
      });
    const text = await response.text();
    if (!response.ok) {
      throw new UnreachableError(`the control API at ${base} returned ${response.status}: ${text}`);
    }
    return JSON.parse(text);
  };
  const keepTime = (clock: unknown) => {
    time = Date.parse((clock as { now: string }).now);
  };

  const { customers } = (await call("GET", "test-customers")) as { customers: TestCustomer[] };
  const control: MockControl = {
    base,
    now: () => time,
    async reset() {
      await call("POST", "reset");
      keepTime(await call("PUT", "clock", { mode: "manual" }));
    },
    async release() {
      await call("POST", "reset");
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
    badTokens,
    tokens: { appUser: "a-user", appOnly: "app-only" },
  };
  await control.reset();
  return control;
}

/** Error codes of a connection that the server closed. */
const closed = new Set(["ECONNRESET", "UND_ERR_SOCKET"]);

function reasonOf({ cause, message }: Error): string {
  return (cause as NodeJS.ErrnoException | undefined)?.code ?? message;
}
