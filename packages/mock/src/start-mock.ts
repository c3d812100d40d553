import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { contract as bundledContract, document } from "@partner-qualifications/spec/model";
import { ownHosts } from "./control/allowed-callers.ts";
import { type ClockState, type Control, createControl } from "./control/control.ts";
import { checkScenario } from "./control/parse-scenario.ts";
import { createHandler } from "./handle.ts";
import type { OpenApiDocument } from "./prism/prism-operations.ts";
import { createPrism, createPrismOfTested, type Prism } from "./prism/prism.ts";
import type { Exchange } from "./world/journal.ts";
import type { Scenario } from "./world/scenario.ts";

export interface MockOptions extends Scenario {
  /**
   * The port to listen on; 0 selects a free one.
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
   * Hosts under which the control API answers, besides loopback names and addresses, the address at
   * which a request arrives, and `host`. For a mock with another name, as in a container network. Ports
   * do not matter.
   *
   * @default []
   */
  controlHosts?: string[];
  /**
   * Lets pages of any origin call paths under `/v1`.
   *
   * @default false
   */
  cors?: boolean;
  /**
   * Number of exchanges that the journal keeps, from 1 to 1,000,000. Each uses about 2 kB of memory.
   *
   * @default 1000
   */
  journalSize?: number;
  /** Called with each exchange of the contract, with tokens masked, once its reply is sent. */
  log?: (exchange: Exchange) => void;
  /**
   * Called when the clock changes between real, manual and fast, over HTTP or in code. A manual clock is frozen: no
   * vetting ends until it is moved or released.
   */
  onClockMode?: (clock: ClockState) => void;
  /**
   * The contract to follow, as a bundled OpenAPI document.
   *
   * @default the contract of `@partner-qualifications/spec`
   */
  contract?: OpenApiDocument;
}

export interface Mock extends AsyncDisposable {
  /** The base URL for clients. */
  readonly url: string;
  /** Moves the clock, injects failures, and returns recorded exchanges. */
  readonly control: Control;
  /**
   * Moves the clock forward, whatever its mode; a real or fast clock continues from there.
   *
   * @param duration An ISO 8601 duration, such as `P3D`. Months and years follow the calendar (UTC).
   * @throws {RangeError} When it is not a duration, is negative, or ends after the year 9999.
   */
  advance(duration: string): void;
  /**
   * Answers the next request with a failure, if its operation documents that status.
   *
   * @param status An error status of the contract, such as 429.
   * @throws {RangeError} When no operation documents it.
   */
  failNext(status: number): void;
  /** Lets pending replies finish, for at most a second, then stops. */
  close(): Promise<void>;
}

/**
 * Starts a mock. Mocks share no state.
 *
 * @throws {NodeJS.ErrnoException} `EADDRINUSE` when the port is in use.
 * @throws {RangeError} When the scenario is invalid.
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
  // A program without types can pass a value of the command's --log.
  if (log && typeof log !== "function") {
    const sent = JSON.stringify(log);
    throw new TypeError(
      `"log" must be a function that receives each exchange, not ${sent}. Omit it to log nothing.`,
    );
  }
  if (scenario.now !== undefined && (scenario.clock ?? "real") === "real") {
    throw new RangeError('"now" needs a manual or fast clock: add clock: "manual" or "fast"');
  }
  const given = Object.entries(scenario).filter(([, value]) => value !== undefined);
  if (given.some(([name]) => !checkedAnyway.has(name))) await checkScenario(scenario);
  const prism = await (contract ? createPrism(contract) : sharedPrism());
  const controlled = createControl(prism, scenario, { journalSize, onClockMode });
  const { control } = controlled;
  const server = createServer({ maxHeaderSize: mostHeaderBytes });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const close = () => stop(server);
  // Checked after listening, whose error about an invalid host is more specific.
  const isOwnHost = ownHosts([host, ...controlHosts]);

  const { address, family, port: listening } = server.address() as AddressInfo;
  const url = `http://${family === "IPv6" ? `[${address}]` : address}:${listening}`;
  server.on("request", createHandler({ ...controlled, prism, url, isOwnHost, cors, log }));
  return {
    url,
    control,
    advance: (duration) => control.advance(duration),
    failNext: (status) => control.addFaults({ kind: "failure", status }),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** A filter and a continuation token of the maximum length, percent-encoded, exceed Node's 16 KiB. */
const mostHeaderBytes = 64 * 1024;

/** Members that the world checks itself. The others need the schema, which takes a while to load. */
const checkedAnyway = new Set(["clock", "now", "speed", "reviewTime", "auditDelay", "seed"]);

let bundled: Promise<Prism> | undefined;

/** Shared, because reading the contract takes longer than all the rest, and Prism keeps no state. */
function sharedPrism(): Promise<Prism> {
  bundled ??= createPrismOfTested(document, bundledContract);
  return bundled;
}

/** Time for pending replies to finish, in milliseconds. */
const patience = 1000;

/** Stops a server: it accepts no new connections and closes those that become idle. */
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
