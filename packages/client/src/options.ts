import { checkBaseUrl, checkNames, checkPositive } from "./check.ts";
import { InvalidRequestError } from "./errors/errors.ts";
import { environments } from "./generated/environments.ts";
import type { Hooks } from "./hooks.ts";
import type { RetryOptions } from "./pipeline/retry.ts";
import type { Fetch } from "./pipeline/transport.ts";
import type { Runtime } from "./runtime.ts";
import type { Credential } from "./token/credential.ts";

export interface QualificationsClientOptions {
  /** Where the bearer token of each call comes from. */
  credential: Credential;
  /**
   * Which Partner Center to speak to: `china` is the one operated by 21Vianet.
   *
   * @default "global"
   */
  environment?: keyof typeof environments | undefined;
  /** An absolute address that takes the place of the environment's, for instance a mock's. */
  baseUrl?: string | undefined;
  /**
   * Whether the token may go over plain http to another machine. Anyone on the path can read it then, so use
   * it only for a mock or an emulator in a private network, such as Docker Compose or Kubernetes.
   *
   * @default false
   */
  allowInsecureConnection?: boolean | undefined;
  /** Sent as `MS-PartnerCenter-Application`, for the service's own diagnosis. */
  applicationName?: string | undefined;
  /**
   * The time that one attempt may take, its body included, in milliseconds.
   *
   * @default 30_000
   */
  timeoutMs?: number | undefined;
  /**
   * The time that a whole call may take, with its waits and its token, in milliseconds.
   *
   * @default 120_000
   */
  totalTimeoutMs?: number | undefined;
  /** How often and how patiently to send again; by default what the contract says. */
  retry?: RetryOptions | undefined;
  /**
   * Whether a token that can be read is looked at before it is sent: an audience that is no longer
   * taken, an expiry that is past, an application alone where a user is needed.
   *
   * @default true
   */
  preflight?: boolean | undefined;
  /** Functions that are told of each call and each attempt. */
  hooks?: Hooks | undefined;
  /** The address of a page for each error code; an error's `docs` is this with `/20002` behind it. */
  docsBase?: string | undefined;
  /**
   * What carries the requests.
   *
   * @default globalThis.fetch
   */
  fetch?: Fetch | undefined;
  /**
   * Time, chance and identifiers, for tests that hold them still.
   *
   * @default the real ones
   */
  runtime?: Runtime | undefined;
}

const names = [
  "credential",
  "environment",
  "baseUrl",
  "allowInsecureConnection",
  "applicationName",
  "timeoutMs",
  "totalTimeoutMs",
  "retry",
  "preflight",
  "hooks",
  "docsBase",
  "fetch",
  "runtime",
] as const satisfies readonly (keyof QualificationsClientOptions)[];

/** @throws {InvalidRequestError} For the first option that breaks its rule. */
export function checkOptions(options: QualificationsClientOptions) {
  const { credential, environment = "global", timeoutMs, totalTimeoutMs, retry = {} } = options;
  checkNames("options", options, names);
  checkNames("retry", retry, ["maxAttempts", "maxRetryAfterMs"]);
  if (!Object.hasOwn(environments, environment)) {
    const known = Object.keys(environments).join(", ");
    throw new InvalidRequestError("environment", `must be one of ${known}`);
  }
  const canAsk =
    typeof credential === "function" || typeof Object(credential).getToken === "function";
  if (credential !== "none" && !canAsk) {
    throw new InvalidRequestError("credential", 'must be a function, have getToken, or be "none"');
  }
  if (!/^[\x20-\x7e]*$/.test(options.applicationName ?? "")) {
    throw new InvalidRequestError("applicationName", "must be printable ASCII");
  }
  checkPositive("timeoutMs", timeoutMs);
  checkPositive("totalTimeoutMs", totalTimeoutMs);
  checkPositive("retry.maxAttempts", retry.maxAttempts);
  checkPositive("retry.maxRetryAfterMs", retry.maxRetryAfterMs);
  const { scope } = environments[environment];
  const given = String(options.baseUrl ?? environments[environment].baseUrl);
  checkBaseUrl(given, credential !== "none" && !options.allowInsecureConnection);
  // As every `Request` writes it.
  const baseUrl = new URL(given).href.replace(/\/+$/, "");
  return { credential, scope, baseUrl };
}
