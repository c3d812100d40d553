import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { DateTime } from "luxon";
import { addBusinessDays, ManualClock, milliseconds, realClock } from "./clock.ts";
import { bundledContract, type Contract } from "./contract.ts";
import { createHandler } from "./handler.ts";
import { createPrism, type Prism } from "./prism.ts";
import { Simulator } from "./simulator.ts";

export interface MockOptions {
  /**
   * The port to listen on; 0 takes a free one.
   *
   * @default 0
   */
  port?: number;
  /**
   * The address to listen on.
   *
   * @default "127.0.0.1"
   */
  host?: string;
  /**
   * `"manual"` stands still until {@link Mock.advance} moves it.
   *
   * @default "real"
   */
  clock?: "real" | "manual";
  /**
   * Where a manual clock starts, as an ISO 8601 date.
   *
   * @default the current time
   */
  now?: string;
  /**
   * How long a vetting takes, as an ISO 8601 duration.
   *
   * @default three business days (assumption A14)
   */
  reviewTime?: string;
  /**
   * The contract to keep, as a bundled OpenAPI document.
   *
   * @default the one of `@partner-qualifications/spec`
   */
  contract?: Contract;
}

export interface Mock extends AsyncDisposable {
  /** The address to give to a client as its base URL. */
  readonly url: string;
  /**
   * Moves a manual clock forward.
   *
   * @param duration An ISO 8601 duration, for instance `P3D`.
   * @throws {Error} When the clock is the real one.
   */
  advance(duration: string): void;
  /**
   * Answers the next request of the contract with a documented failure.
   *
   * @param status An error status that the operation documents, for instance 429.
   * @throws {RangeError} When no operation documents it.
   */
  failNext(status: number): void;
  close(): Promise<void>;
}

/**
 * Starts a Partner Center of its own: nothing is shared with another one.
 *
 * @throws {NodeJS.ErrnoException} `EADDRINUSE` when the port is taken.
 * @throws {RangeError} When a date or duration is not ISO 8601.
 * @example
 * await using mock = await startMock({ clock: "manual" });
 * const client = createQualificationsClient({ baseUrl: mock.url, credential: () => "any-token" });
 * mock.advance("P5D");
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const { port = 0, host = "127.0.0.1", contract, reviewTime } = options;
  if (options.now !== undefined && options.clock !== "manual") {
    throw new RangeError('"now" sets a manual clock: add clock: "manual"');
  }
  const manualClock =
    options.clock === "manual" ? new ManualClock(startOf(options.now)) : undefined;
  const reviewMs = reviewTime === undefined ? undefined : milliseconds(reviewTime);
  const clock = manualClock ?? realClock;
  const simulator = new Simulator({
    clock,
    vettingEnds: (start) =>
      reviewMs === undefined ? addBusinessDays(start, 3) : new Date(start.getTime() + reviewMs),
  });
  const failures: number[] = [];
  const prism = await (contract ? createPrism(contract) : sharedPrism());
  const handler = createHandler({
    prism,
    simulator,
    clock,
    takeFailure: () => failures.shift(),
  });

  const server = createAdaptorServer({ fetch: handler }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      // Answers that are under way may finish; a request that never comes to its end may not.
      setTimeout(() => server.closeAllConnections(), 1000).unref();
    });

  const { address, family, port: listening } = server.address() as AddressInfo;
  return {
    url: `http://${family === "IPv6" ? `[${address}]` : address}:${listening}`,
    advance(duration) {
      if (!manualClock) throw new Error('Only a clock started as "manual" can be moved');
      manualClock.advance(duration);
    },
    failNext(status) {
      const documented = prism.operations.flatMap(({ responses }) => responses);
      if (status < 400 || !documented.some(({ code }) => code === String(status))) {
        throw new RangeError(`No operation documents a failure with status ${status}`);
      }
      failures.push(status);
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

let bundled: Promise<Prism> | undefined;

/** Resolving the contract takes longer than all the rest, and Prism keeps nothing of a request. */
function sharedPrism(): Promise<Prism> {
  bundled ??= createPrism(bundledContract());
  return bundled;
}

function startOf(now: string | undefined): Date {
  const start = now === undefined ? DateTime.now() : DateTime.fromISO(now, { zone: "utc" });
  if (!start.isValid) throw new RangeError(`"${now}" is not an ISO 8601 date`);
  return start.toJSDate();
}
