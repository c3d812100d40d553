import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { contract as bundledContract, document } from "@partner-qualifications/spec/model";
import { ownHosts } from "./control/allowed-callers.ts";
import { type ClockState, Control } from "./control/control.ts";
import { checkScenario } from "./control/parse-scenario.ts";
import { createHandler } from "./handle.ts";
import type { OpenApiDocument } from "./prism/prism-operations.ts";
import { createPrism, type Prism } from "./prism/prism.ts";
import type { Exchange } from "./world/journal.ts";
import type { Scenario } from "./world/scenario.ts";

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
   * Hosts under which the control API answers, beside the names and addresses of the loopback, the address that a
   * request arrives at, and `host`. For a mock that is reached by another name, as in a network of containers. Ports do
   * not matter.
   *
   * @default []
   */
  controlHosts?: string[];
  /**
   * Lets pages of any origin call what is under `/v1`.
   *
   * @default false
   */
  cors?: boolean;
  /**
   * How many exchanges of the contract the journal keeps, from 1 to 1,000,000. Each takes about 2 kB of memory.
   *
   * @default 1000
   */
  journalSize?: number;
  /** Called with each exchange of the contract, with tokens masked, as soon as its reply is sent. */
  log?: (exchange: Exchange) => void;
  /**
   * Called when the clock changes between real, manual and fast, by the control API or in code. A manual clock is
   * frozen: no vetting ends until it is moved or released.
   */
  onClockMode?: (clock: ClockState) => void;
  /**
   * The contract to follow, as a bundled OpenAPI document.
   *
   * @default the one of `@partner-qualifications/spec`
   */
  contract?: OpenApiDocument;
}

export interface Mock extends AsyncDisposable {
  /** The address to give to a client as its base URL. */
  readonly url: string;
  /** Moves the clock, lets things go wrong, tells what was asked. */
  readonly control: Control;
  /**
   * Moves the clock forward, whatever its mode; a real or fast clock continues from there.
   *
   * @param duration An ISO 8601 duration, for instance `P3D`. Months and years are counted on the calendar (UTC).
   * @throws {RangeError} When it is not a duration, is negative, or leads beyond the year 9999.
   */
  advance(duration: string): void;
  /**
   * Answers the next request whose operation documents it with a failure.
   *
   * @param status An error status of the contract, for instance 429.
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
 * @throws {TypeError} When `log` is not a function.
 * @throws {Error} When a schema of the contract does not compile.
 * @example
 * await using mock = await startMock({ clock: "manual" });
 * const client = createQualificationsClient({ baseUrl: mock.url, credential: () => "any-token" });
 * mock.advance("P5D");
 */
export async function startMock(options: MockOptions = {}): Promise<Mock> {
  const {
    port = 0,
    host = "127.0.0.1",
    controlHosts = [],
    cors = false,
    journalSize,
    log,
    onClockMode,
    contract,
    ...scenario
  } = options;
  ownHosts(controlHosts);
  // A program without types can pass what the command's --log accepts.
  if (log && typeof log !== "function") {
    const sent = JSON.stringify(log);
    throw new TypeError(
      `"log" must be a function that receives each exchange, not ${sent}. Leave it out to log nothing.`,
    );
  }
  if (scenario.now !== undefined && (scenario.clock ?? "real") === "real") {
    throw new RangeError('"now" sets a clock of one\'s own: add clock: "manual" or "fast"');
  }
  const given = Object.entries(scenario).filter(([, value]) => value !== undefined);
  if (given.some(([name]) => !checkedAnyway.has(name))) await checkScenario(scenario);
  const prism = await (contract ? createPrism(contract) : sharedPrism());
  const control = new Control(prism, scenario, journalSize, onClockMode);
  const server = createServer({ maxHeaderSize: mostHeaderBytes });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const close = () => stop(server);
  // Only now the host is known to be one: listening says more about it than its form does.
  const isOwnHost = ownHosts([host, ...controlHosts]);

  const { address, family, port: listening } = server.address() as AddressInfo;
  const url = `http://${family === "IPv6" ? `[${address}]` : address}:${listening}`;
  server.on("request", createHandler({ prism, control, url, isOwnHost, cors, log }));
  return {
    url,
    control,
    advance: (duration) => control.advance(duration),
    failNext: (status) => control.addFaults({ kind: "failure", status }),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** A filter and a continuation token of the contract's greatest lengths, percent-encoded, are more than Node's 16 KiB. */
const mostHeaderBytes = 64 * 1024;

/** Members of a scenario that the world itself checks. For the others the rules are read, which takes a while. */
const checkedAnyway = new Set(["clock", "now", "speed", "reviewTime", "seed"]);

let bundled: Promise<Prism> | undefined;

/** Resolving the contract takes longer than all the rest, and Prism keeps nothing of a request. */
function sharedPrism(): Promise<Prism> {
  bundled ??= createPrism(document, bundledContract);
  return bundled;
}

/** How long replies that are under way may take to finish, in milliseconds. */
const patience = 1000;

/** Stops a server: it accepts nothing new, and connections are closed as they become idle. */
function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A busy client would keep its connection busy forever.
    server.prependListener("request", (_, response) => {
      response.shouldKeepAlive = false;
    });
    const sweep = setInterval(() => server.closeIdleConnections(), 20);
    const end = setTimeout(() => server.closeAllConnections(), patience);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(end);
      resolve();
    });
  });
}
