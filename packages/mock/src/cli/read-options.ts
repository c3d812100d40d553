import { parseArgs } from "node:util";
import type { Scenario } from "../scenario.ts";
import type { Rate } from "../simulator/rate-limit.ts";
import { UsageError } from "./usage-error.ts";

export interface Options {
  help: boolean;
  static: boolean;
  port: number;
  host: string;
  cors: boolean;
  log: "pretty" | "json" | "none";
  /** The scenario's file. */
  file: string | undefined;
  /** What the flags say of the scenario. */
  scenario: Scenario;
}

/** @throws {UsageError} For an unknown flag, or a value that cannot be. */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): Options {
  const values = parse(args, env);
  const clock = oneOf("clock", values.clock, ["real", "manual", "fast"]);
  const partner = rate("throttle", values.throttle);
  const customer = rate("throttle-customer", values["throttle-customer"]);
  const speed = number("speed", values.speed, /^\d+(\.\d+)?$/, "a number above 0");
  const seed = number("seed", values.seed, /^\d{1,9}$/, "a whole number of at most nine digits");
  const port = number("port", values.port, /^\d+$/, "a whole number from 0 to 65535", 65_535);
  return {
    help: values.help,
    static: values.static,
    port: port as number,
    host: values.host,
    cors: values.cors,
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

function parse(args: string[], env: NodeJS.ProcessEnv) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: "string", default: env.MOCK_PORT ?? "4010" },
        host: { type: "string", default: "127.0.0.1" },
        "review-time": { type: "string" },
        clock: { type: "string" },
        now: { type: "string" },
        speed: { type: "string" },
        seed: { type: "string" },
        scenario: { type: "string" },
        throttle: { type: "string" },
        "throttle-customer": { type: "string" },
        cors: { type: "boolean", default: false },
        log: { type: "string" },
        static: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (error) {
    // Of several lines, the first says what is wrong.
    throw new UsageError((error as Error).message.split("\n")[0]);
  }
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
  most = Number.POSITIVE_INFINITY,
): number | undefined {
  if (value === undefined) return undefined;
  if (pattern.test(value) && Number(value) <= most) return Number(value);
  throw new UsageError(`--${flag} must be ${what}, not "${value}"`);
}

function rate(flag: string, value: string | undefined): Rate | undefined {
  if (value === undefined) return undefined;
  const [, requests, per] = /^([1-9]\d{0,5})\/(P.+)$/.exec(value) ?? [];
  if (per !== undefined) return { requests: Number(requests), per };
  throw new UsageError(`--${flag} must be a number and a duration as in 500/PT1M, not "${value}"`);
}
