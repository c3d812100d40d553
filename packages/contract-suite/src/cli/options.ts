import { nearest, readArguments } from "@partner-qualifications/command-options";
import { TokenError, SeedError, UsageError } from "../errors.ts";
import { isLoopback, type Target } from "../exchange/target.ts";
import { type Phase, phaseNames } from "../phases/names.ts";

export interface Options {
  help: boolean;
  version: boolean;
  target: Target;
  /** Path of the contract; by default, this project's own. */
  contract: string | undefined;
  phases: Phase[] | undefined;
  seed: number | undefined;
  maxCases: number | undefined;
  /** In milliseconds. */
  time: number | undefined;
  path: string | undefined;
  only: string | undefined;
  stopAtFirst: boolean;
  /** In milliseconds. */
  maxResponseTime: number | undefined;
  json: string | undefined;
  har: string | undefined;
  junit: string | undefined;
  html: string | undefined;
}

/**
 * @throws {UsageError} For an unknown flag or an invalid value.
 * @throws {TokenError} When the token's variable is empty.
 * @throws {SeedError} When the seed is not a number.
 */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): Options {
  const values = parse(args);
  const baseUrl = values["base-url"];
  if (baseUrl === undefined && !values.help && !values.version)
    throw new UsageError("--base-url is missing");
  if (baseUrl !== undefined && !isHttp(baseUrl)) {
    throw new UsageError(`--base-url must be an http or https address, not "${baseUrl}"`);
  }
  if (values["read-only"] && values.write) {
    throw new UsageError("--read-only and --write cannot be combined; pass one of them");
  }
  const tokenName = values["token-env"];
  const token = tokenName === undefined ? undefined : tokenFrom(env, tokenName);
  if (token !== undefined && baseUrl?.startsWith("http:") && !isLoopback(baseUrl)) {
    throw new UsageError(
      "a token is sent to a remote host only over https; use an https --base-url",
    );
  }
  const { customer, control } = values;
  if (control !== undefined && values["no-control"]) {
    throw new UsageError("--control and --no-control cannot be combined; pass one of them");
  }
  const rate = number("rate", values.rate);
  const seconds = number("timeout", values.timeout);
  const time = number("time", values.time);
  const most = number("max-response-time", values["max-response-time"]);
  return {
    help: values.help,
    version: values.version,
    target: {
      baseUrl: baseUrl ?? "",
      ...(token !== undefined && { token }),
      ...(tokenName !== undefined && { tokenName }),
      ...(control !== undefined && { control }),
      ...(values["no-control"] && { control: false as const }),
      ...(values["read-only"] && { readOnly: true }),
      ...(values.write && { readOnly: false }),
      ...(rate !== undefined && { rate }),
      ...(seconds !== undefined && { timeoutMs: seconds * 1000 }),
      ...(customer !== undefined && { values: { customer_id: customer } }),
    },
    contract: values.contract,
    phases: values.phase === undefined ? undefined : phasesOf(values.phase),
    seed: seedOf(values.seed),
    maxCases: wholeNumber("max-cases", values["max-cases"]),
    time: time === undefined ? undefined : time * 1000,
    path: values.path,
    only: values.only,
    stopAtFirst: values.first,
    maxResponseTime: most === undefined ? undefined : most * 1000,
    json: values.json,
    har: values.har,
    junit: values.junit,
    html: values.html,
  };
}

const valued = { type: "string" } as const;
const bare = { type: "boolean", default: false } as const;

const flags = {
  "base-url": valued,
  "token-env": valued,
  customer: valued,
  "read-only": bare,
  write: bare,
  rate: valued,
  timeout: valued,
  "max-response-time": valued,
  contract: valued,
  control: valued,
  "no-control": bare,
  phase: valued,
  seed: valued,
  "max-cases": valued,
  time: valued,
  path: valued,
  only: valued,
  first: bare,
  json: valued,
  har: valued,
  junit: valued,
  html: valued,
  version: { type: "boolean", short: "v", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

function parse(args: string[]) {
  try {
    return readArguments(args, flags);
  } catch (error) {
    throw new UsageError((error as Error).message);
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
    const meant = nearest(name.trim(), phaseNames);
    const hint = meant === undefined ? "" : `. Did you mean ${meant}?`;
    throw new UsageError(`--phase accepts ${phaseNames.join(", ")}, not "${name}"${hint}`);
  });
}

function seedOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^-?\d{1,10}$/.test(text)) return Number(text);
  throw new SeedError(`--seed must be a whole number, as printed with a failure, not "${text}"`);
}

function number(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new UsageError(`--${flag} must be a number above 0, not "${text}"`);
}

function wholeNumber(name: string, value: string | undefined): number | undefined {
  if (value === undefined || /^[1-9]\d{0,8}$/.test(value))
    return value === undefined ? undefined : Number(value);
  throw new UsageError(`--${name} must be a whole number above 0, not "${value}"`);
}
