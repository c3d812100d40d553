import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Fault, Scenario, TestCustomer } from "@partner-qualifications/mock";
import type { Har } from "har-format";

const program = fileURLToPath(new URL("mock-process.ts", import.meta.url));

export interface Exchange {
  method: string;
  /** The path, without the query. */
  path: string;
  status: number;
  requestId: string | undefined;
}

/** A mock in another process, which its control moves. */
export async function startRemoteMock() {
  const child = fork(program);
  const [url] = (await once(child, "message")) as [string];

  async function control<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`${url}/_mock/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
    });
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as T;
  }

  return {
    url,
    /** Forgets everything. Its clock is frozen on a Monday morning unless a scenario says otherwise. */
    begin: (scenario: Scenario = {}) =>
      control("PUT", "scenario", { clock: "manual", now: "2026-11-23T09:00:00Z", ...scenario }),
    advance: (by: string) => control("POST", "clock/advance", { by }),
    addFaults: (...faults: Fault[]) => control("POST", "faults", faults),
    setCustomer: (customer: TestCustomer) => control("PUT", "test-customers", customer),
    async journal(): Promise<Exchange[]> {
      const { log } = await control<Har>("GET", "journal");
      return log.entries.map(({ request, response }) => ({
        method: request.method,
        path: new URL(request.url).pathname,
        status: response.status,
        requestId: request.headers.find(({ name }) => name === "ms-requestid")?.value,
      }));
    },
    /** The writes, whether or not their responses arrived. */
    async writes(): Promise<Exchange[]> {
      return (await this.journal()).filter(({ method }) => method === "POST");
    },
    /** Ends at once, as when its machine is gone. */
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

export type RemoteMock = Awaited<ReturnType<typeof startRemoteMock>>;
