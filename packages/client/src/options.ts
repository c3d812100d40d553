import { checkNames, checkPositive } from "./check.ts";
import { InvalidRequestError } from "./errors/errors.ts";
import { type EnvironmentName, environments } from "./generated/environments.ts";
import { hookNames, type Hooks } from "./hooks.ts";
import { readHeaders, type RequestHeaders } from "./pipeline/headers.ts";
import type { HookSets } from "./pipeline/observe.ts";
import type { RetryOptions } from "./pipeline/retry.ts";
import type { Fetch } from "./pipeline/transport.ts";
import type { Runtime } from "./runtime.ts";
import type { Credential } from "./token/credential.ts";

export interface QualificationsClientOptions {
  /** Where each call gets its bearer token. */
  credential: Credential;
  /**
   * The Partner Center environment. `china` is the one that 21Vianet operates; `usGovernment` has the address
   * of `global`, and other sign-in servers.
   *
   * @default "global"
   */
  environment?: EnvironmentName | undefined;
  /** An absolute URL in place of the environment's, for instance a mock's. */
  baseUrl?: string | undefined;
  /**
   * Whether the token may go over plain http to another machine. Anyone on the path can then read it, so use
   * it only for a mock or an emulator in a private network, such as Docker Compose or Kubernetes.
   *
   * @default false
   */
  allowInsecureConnection?: boolean | undefined;
  /** Sent as `MS-PartnerCenter-Application`, which helps Microsoft to identify the program. */
  applicationName?: string | undefined;
  /**
   * Headers of every call, for instance `X-Locale`, `ValidateMfa` or `ocp-apim-subscription-key`. Headers that
   * the client sets itself are rejected: identifiers, token, application name, and what the contract requires.
   * The client identifies itself with `MS-PartnerCenter-Client` and `MS-SdkVersion`; a library on top of it may
   * set its own here.
   */
  headers?: RequestHeaders | undefined;
  /**
   * The time limit of one attempt including its body, in milliseconds.
   *
   * @default 30_000
   */
  timeoutMs?: number | undefined;
  /**
   * The time limit of a whole call including its waits and its token, in milliseconds.
   *
   * @default 120_000
   */
  totalTimeoutMs?: number | undefined;
  /**
   * How long to wait for the audit record of a request whose response was lost, in milliseconds, if the
   * qualifications leave its outcome open. With 0 the client does not read audit records.
   *
   * @default 60_000; 0 in the environment `china`, which has no audit records
   */
  auditWaitMs?: number | undefined;
  /** Limits of the retries that the contract allows. */
  retry?: RetryOptions | undefined;
  /**
   * Whether to check a JWT before sending it: a retired audience, a past expiry, a missing user.
   *
   * @default true
   */
  preflight?: boolean | undefined;
  /** Functions called for each call and each attempt, or several sets of them. */
  hooks?: Hooks | readonly (Hooks | undefined)[] | undefined;
  /** The base URL of pages about error codes. An error's `docs` is this plus `/20002`, for instance. */
  docsBase?: string | undefined;
  /**
   * Sends the requests.
   *
   * @default globalThis.fetch
   */
  fetch?: Fetch | undefined;
  /**
   * Time, randomness and identifiers, for tests that control them.
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
  "headers",
  "timeoutMs",
  "totalTimeoutMs",
  "auditWaitMs",
  "retry",
  "preflight",
  "hooks",
  "docsBase",
  "fetch",
  "runtime",
] as const satisfies readonly (keyof QualificationsClientOptions)[];

// Without a user, a query or a fragment, each of which would change the meaning of an appended path.
const addressForm = /^(https?):\/\/([^/?#@\s]+)[^?#@\s]*$/i;
const loopback = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i;

/** @throws {InvalidRequestError} For the first invalid option. */
export function checkOptions(options: QualificationsClientOptions) {
  const { credential, environment = "global", timeoutMs, totalTimeoutMs, retry = {} } = options;
  checkNames("options", options, names);
  checkNames("retry", retry, ["maxAttempts", "maxRetryAfterMs"]);
  if (!Object.hasOwn(environments, environment)) {
    const known = Object.keys(environments).join(", ");
    throw new InvalidRequestError("environment", `must be one of ${known}`);
  }
  if (
    credential !== "none" &&
    typeof credential !== "function" &&
    typeof Object(credential).getToken !== "function"
  ) {
    throw new InvalidRequestError(
      "credential",
      'must be a function, an object with getToken(), or "none"',
    );
  }
  if (!/^[\x20-\x7e]*$/.test(options.applicationName ?? "")) {
    throw new InvalidRequestError("applicationName", "must be printable ASCII");
  }
  checkPositive("timeoutMs", timeoutMs);
  checkPositive("totalTimeoutMs", totalTimeoutMs);
  const { auditWaitMs = environment === "china" ? 0 : 60_000 } = options;
  if (auditWaitMs !== 0) checkPositive("auditWaitMs", auditWaitMs);
  checkPositive("retry.maxAttempts", retry.maxAttempts);
  checkPositive("retry.maxRetryAfterMs", retry.maxRetryAfterMs);
  const { scope, baseUrl } = environments[environment];
  return {
    credential,
    scope,
    baseUrl: checkBaseUrl(String(options.baseUrl ?? baseUrl), options),
    auditWaitMs,
    headers: readHeaders(options.headers),
    hooks: checkHooks(options.hooks),
  };
}

/** @throws {InvalidRequestError} When a set of hooks has an unknown function, or a hook is not a function. */
function checkHooks(hooks: QualificationsClientOptions["hooks"]): HookSets {
  const sets = [hooks ?? []].flat() as HookSets;
  for (const set of sets) {
    if (set !== undefined && typeof set !== "object") {
      throw new InvalidRequestError(
        "hooks",
        "must be an object with functions, or a list of such objects",
      );
    }
    for (const [name, value] of Object.entries(set ?? {})) {
      // A set may have other members, but a function is most likely a misspelled hook.
      if (typeof value === "function") checkNames("hooks", { [name]: value }, hookNames);
      else if (value !== undefined && hookNames.includes(name as keyof Hooks)) {
        throw new InvalidRequestError(`hooks.${name}`, "must be a function");
      }
    }
  }
  return sets;
}

/**
 * Returns the base address as every `Request` normalizes it, without a slash at the end.
 *
 * @throws {InvalidRequestError} When the URL is not absolute, would show the token to others, or ends in the
 * version that each path begins with.
 */
function checkBaseUrl(
  value: string,
  { credential, allowInsecureConnection }: QualificationsClientOptions,
): string {
  const [, scheme = "", host = ""] = addressForm.exec(value) ?? [];
  // The message omits the URL, which may hold a password.
  if (!host || !URL.canParse(value))
    refuse("must begin with https:// and contain no user name or query");
  const isExposed = scheme.length === 4 && !loopback.test(host);
  if (isExposed && credential !== "none" && !allowInsecureConnection) {
    refuse(
      `must be https or loopback, not ${host}; set allowInsecureConnection to send the token anyway`,
    );
  }
  if (/\/v1\/*$/i.test(value)) refuse("must not end in /v1, which the client adds");
  return new URL(value).href.replace(/\/+$/, "");
}

function refuse(rule: string): never {
  throw new InvalidRequestError("baseUrl", rule);
}
