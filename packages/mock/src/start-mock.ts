import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { bundledContract, type Contract } from "./contract.ts";
import { Control } from "./control/control.ts";
import { createHandler } from "./handler.ts";
import type { Exchange } from "./journal.ts";
import { createPrism, type Prism } from "./prism.ts";
import type { Scenario } from "./scenario.ts";
import { stop } from "./stop.ts";

export interface MockOptions extends Scenario {
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
   * Lets pages of any origin call what is under `/v1`.
   *
   * @default false
   */
  cors?: boolean;
  /** Told of every exchange of the contract, with tokens masked, just before its answer is sent. */
  log?: (exchange: Exchange) => void;
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
  /** Moves the clock, lets things go wrong, tells what was asked. */
  readonly control: Control;
  /**
   * Moves a manual clock forward.
   *
   * @param duration An ISO 8601 duration, for instance `P3D`.
   * @throws {RangeError} When it is not one, or the clock goes by itself.
   */
  advance(duration: string): void;
  /**
   * Answers the next request of the contract with a documented failure.
   *
   * @param status An error status that the operation documents, for instance 429.
   * @throws {RangeError} When no operation documents it.
   */
  failNext(status: number): void;
  /** Lets answers that are under way finish, for a second at most, then stops. */
  close(): Promise<void>;
}

/**
 * Starts a Partner Center of its own: nothing is shared with another one.
 *
 * @throws {NodeJS.ErrnoException} `EADDRINUSE` when the port is taken.
 * @throws {RangeError} When something of its scenario is impossible.
 * @throws {Error} When a schema of the contract does not compile.
 * @example
 * await using mock = await startMock({ clock: "manual" });
 * const client = createQualificationsClient({ baseUrl: mock.url, credential: () => "any-token" });
 * mock.advance("P5D");
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const { port = 0, host = "127.0.0.1", cors = false, log, contract, ...scenario } = options;
  if (scenario.now !== undefined && (scenario.clock ?? "real") === "real") {
    throw new RangeError('"now" sets a clock of one\'s own: add clock: "manual" or "fast"');
  }
  const prism = await (contract ? createPrism(contract) : sharedPrism());
  const control = new Control(prism, scenario);
  const handler = createHandler({ prism, control, cors, log });
  const server = createServer({ maxHeaderSize: mostHeaderBytes }, handler);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const close = () => stop(server);

  const { address, family, port: listening } = server.address() as AddressInfo;
  return {
    url: `http://${family === "IPv6" ? `[${address}]` : address}:${listening}`,
    control,
    advance: (duration) => control.advance(duration),
    failNext: (status) => control.addFaults({ kind: "failure", status }),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** A filter and a continuation token of the contract's greatest lengths, percent-encoded, are more than Node's 16 KiB. */
const mostHeaderBytes = 64 * 1024;

let bundled: Promise<Prism> | undefined;

/** Resolving the contract takes longer than all the rest, and Prism keeps nothing of a request. */
function sharedPrism(): Promise<Prism> {
  bundled ??= createPrism(bundledContract());
  return bundled;
}
