import { readArguments } from "@partner-qualifications/command-options";
import type { Scenario } from "../world/scenario.ts";
import type { Rate } from "../world/throttle.ts";
import { UsageError } from "./messages.ts";

export const help = `qualifications-mock: a mock Partner Center for development

Usage: qualifications-mock [options]

  --port N                 port to listen on (default 4010, or MOCK_PORT)
  --host ADDRESS           address to listen on (default 127.0.0.1)
  --control-host NAME      also accepts control requests for this host; may be repeated
  --review-time D          how long a vetting takes, ISO 8601 (default three business days)
  --clock MODE             real, manual (stands still until you move it) or fast (default real)
  --now DATE               start time of a manual or fast clock, ISO 8601
  --speed N                seconds that a fast clock advances per real second (default 60)
  --seed N                 seed for identifiers: the same seed generates the same ones
  --scenario FILE          the initial state, YAML or JSON; the flags above override it
  --throttle N/D           most requests per duration for the partner, such as 500/PT1M
  --throttle-customer N/D  most requests per duration for each customer
  --cors                   lets web pages from any origin call /v1
  --journal-size N         how many exchanges /_mock/journal keeps, at most 1000000 (default 1000)
  --log FORM               pretty, json or none (default pretty): a line for each exchange
  --static                 Prism alone: stateless replies from the contract's examples;
                           accepts only --port and --host
  --version                the version of the mock
  --help                   this text

Examples:
  qualifications-mock --review-time PT20S
  qualifications-mock --clock manual --now 2026-11-23T09:00:00Z --seed 7
  qualifications-mock --scenario school.yaml --log json
  qualifications-mock --static --port 4011

While it runs:
  curl http://127.0.0.1:4010/_mock/test-customers
  curl http://127.0.0.1:4010/_mock/clock/advance --json '{"by":"P3D"}'
  curl http://127.0.0.1:4010/_mock/faults --json '{"kind":"failure","status":503,"count":2}'
  curl http://127.0.0.1:4010/_mock/journal
Everything under /_mock/: http://127.0.0.1:4010/_mock/openapi.yaml

Any bearer token works, and any GUID is a customer. The validation code 12345 can still be used, 67890
is exhausted. Ctrl-C stops it.`;

export interface Options {
  help: boolean;
  version: boolean;
  static: boolean;
  port: number;
  host: string;
  controlHosts: string[];
  cors: boolean;
  journalSize: number | undefined;
  log: "pretty" | "json" | "none";
  /** The scenario file. */
  file: string | undefined;
  /** The part of the scenario that the flags set. */
  scenario: Scenario;
}

/** @throws {UsageError} For an unknown option, an invalid value, or options that exclude each other. */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): Options {
  const values = parse(args);
  if (values.static) refuseBesideStatic(values);
  const clock = oneOf("clock", values.clock, ["real", "manual", "fast"]);
  const partner = rate("throttle", values.throttle);
  const customer = rate("throttle-customer", values["throttle-customer"]);
  const speed = number("speed", values.speed, /^\d+(\.\d+)?$/, "a number above 0");
  const seed = number("seed", values.seed, /^\d{1,9}$/, "a whole number of at most nine digits");
  const port = portOf(values.port, env.MOCK_PORT);
  return {
    help: values.help ?? false,
    version: values.version ?? false,
    static: values.static ?? false,
    port,
    host: values.host ?? "127.0.0.1",
    controlHosts: values["control-host"] ?? [],
    cors: values.cors ?? false,
    journalSize: number("journal-size", values["journal-size"], /^\d{1,7}$/, "a whole number"),
    log: oneOf("log", values.log, ["pretty", "json", "none"]) ?? "pretty",
    file: values.scenario,
    scenario: {
      ...(clock && { clock }),
      ...(values.now !== undefined && { now: values.now }),
      ...(values["review-time"] !== undefined && { reviewTime: values["review-time"] }),
      ...(speed !== undefined && { speed }),
      ...(seed !== undefined && { seed }),
      ...((partner ?? customer) && {
        throttle: { ...(partner && { partner }), ...(customer && { customer }) },
      }),
    },
  };
}

function parse(args: string[]) {
  try {
    return readArguments(args, {
      port: { type: "string" },
      host: { type: "string" },
      "review-time": { type: "string" },
      clock: { type: "string" },
      now: { type: "string" },
      speed: { type: "string" },
      seed: { type: "string" },
      scenario: { type: "string" },
      throttle: { type: "string" },
      "throttle-customer": { type: "string" },
      "control-host": { type: "string", multiple: true },
      cors: { type: "boolean" },
      "journal-size": { type: "string" },
      log: { type: "string" },
      static: { type: "boolean" },
      version: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    });
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}

/** The options that also work with --static. */
const besideStatic = ["static", "port", "host", "version", "help"];

function refuseBesideStatic(values: object): void {
  const others = Object.keys(values).filter((name) => !besideStatic.includes(name));
  if (others.length === 0) return;
  const names = others.map((name) => `--${name}`).join(", ");
  throw new UsageError(`--static runs Prism alone, without ${names}; omit one or the other`);
}

function portOf(flag: string | undefined, variable = "4010"): number {
  const text = flag ?? variable;
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  const name = flag === undefined ? "MOCK_PORT" : "--port";
  throw new UsageError(`${name} must be a whole number from 0 to 65535, not "${text}"`);
}

function oneOf<T extends string>(
  flag: string,
  value: string | undefined,
  allowed: T[],
): T | undefined {
  if (value === undefined || allowed.includes(value as T)) return value as T | undefined;
  throw new UsageError(`--${flag} must be one of ${allowed.join(", ")}, not "${value}"`);
}

function number(
  flag: string,
  value: string | undefined,
  pattern: RegExp,
  what: string,
): number | undefined {
  if (value === undefined) return undefined;
  if (pattern.test(value)) return Number(value);
  throw new UsageError(`--${flag} must be ${what}, not "${value}"`);
}

function rate(flag: string, value: string | undefined): Rate | undefined {
  if (value === undefined) return undefined;
  const [, requests, per] = /^([1-9]\d{0,5})\/(P.+)$/.exec(value) ?? [];
  if (per !== undefined) return { requests: Number(requests), per };
  throw new UsageError(`--${flag} must be a number and a duration as in 500/PT1M, not "${value}"`);
}
