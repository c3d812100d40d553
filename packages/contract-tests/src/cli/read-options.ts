import { parseArgs } from "node:util";
import { TokenError, SeedError, UsageError } from "../errors.ts";
import { isLoopback, type Target } from "../exchange/target.ts";
import { type Phase, phaseNames } from "../suite.ts";

export interface Options {
  help: boolean;
  target: Target;
  /** The contract's file; this project's own when left out. */
  contract: string | undefined;
  phases: Phase[];
  seed: number | undefined;
  /** In milliseconds. */
  time: number | undefined;
  path: string | undefined;
  only: string | undefined;
  stopAtFirst: boolean;
  /** In milliseconds. */
  maxResponseTime: number | undefined;
  json: string | undefined;
}

/**
 * @throws {UsageError} For an unknown flag, or a value that cannot be.
 * @throws {TokenError} When the variable that should hold the token is empty.
 * @throws {SeedError} When the seed is not a number.
 */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): Options {
  const values = parse(args);
  const baseUrl = values["base-url"];
  if (baseUrl === undefined && !values.help) throw new UsageError("--base-url is missing");
  if (baseUrl !== undefined && !isHttp(baseUrl)) {
    throw new UsageError(`--base-url must be an address of http or https, not "${baseUrl}"`);
  }
  if (values["read-only"] && values.write) {
    throw new UsageError("--read-only and --write exclude each other");
  }
  const tokenName = values["token-env"];
  const token = tokenName === undefined ? undefined : tokenFrom(env, tokenName);
  if (token !== undefined && baseUrl?.startsWith("http:") && !isLoopback(baseUrl)) {
    throw new UsageError("a token is sent to another machine over https only");
  }
  const { customer, control } = values;
  const rate = number("rate", values.rate);
  const seconds = number("timeout", values.timeout);
  const time = number("time", values.time);
  const most = number("max-response-time", values["max-response-time"]);
  return {
    help: values.help,
    target: {
      baseUrl: baseUrl ?? "",
      ...(token !== undefined && { token }),
      ...(tokenName !== undefined && { tokenName }),
      ...(control !== undefined && { control }),
      ...(values["read-only"] && { readOnly: true }),
      ...(values.write && { readOnly: false }),
      ...(rate !== undefined && { rate }),
      ...(seconds !== undefined && { timeout: seconds * 1000 }),
      ...(customer !== undefined && { values: { customer_id: customer } }),
    },
    contract: values.contract,
    phases: phasesOf(values.phase),
    seed: seedOf(values.seed),
    time: time === undefined ? undefined : time * 1000,
    path: values.path,
    only: values.only,
    stopAtFirst: values.first,
    maxResponseTime: most === undefined ? undefined : most * 1000,
    json: values.json,
  };
}

function parse(args: string[]) {
  const text = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  try {
    return parseArgs({
      args,
      options: {
        "base-url": text,
        "token-env": text,
        customer: text,
        "read-only": flag,
        write: flag,
        rate: text,
        timeout: text,
        "max-response-time": text,
        contract: text,
        control: text,
        phase: { type: "string", default: "examples,coverage" },
        seed: text,
        time: text,
        path: text,
        only: text,
        first: flag,
        json: text,
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (error) {
    // Of several lines, the first says what is wrong.
    throw new UsageError((error as Error).message.split("\n")[0]);
  }
}

function isHttp(address: string): boolean {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
}

function tokenFrom(env: NodeJS.ProcessEnv, name: string): string {
  const token = env[name]?.trim();
  if (!token) throw new TokenError(`the variable ${name} of --token-env is empty or not set`);
  return token;
}

function phasesOf(text: string): Phase[] {
  return text.split(",").map((name) => {
    const phase = phaseNames.find((known) => known === name.trim());
    if (phase) return phase;
    throw new UsageError(`--phase knows ${phaseNames.join(", ")}, not "${name}"`);
  });
}

function seedOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^-?\d{1,10}$/.test(text)) return Number(text);
  throw new SeedError(`--seed must be a whole number as a failure prints it, not "${text}"`);
}

function number(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new UsageError(`--${flag} must be a number above 0, not "${text}"`);
}
