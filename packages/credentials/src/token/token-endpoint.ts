import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from "@azure/msal-node";
import type { Application } from "../settings/application.ts";
import type { FetchResponse } from "@partner-qualifications/client";
import { CredentialError } from "../errors/credential-error.ts";
import { isRefusal, tokenRefusal } from "../errors/token-refusal.ts";
import { isRefreshToken } from "../store/refresh-token-store.ts";
import { stopped } from "../errors/stopped.ts";
import {
  isAccessToken,
  notAToken,
  parseBody,
  readDate,
  readLife,
  readRetryAfter,
} from "./read-grant.ts";
import { unreachable } from "./unreachable.ts";

/**
 * Sends msal's requests of one exchange. It is the only code that sees the raw response: msal keeps a
 * rotated refresh token to itself, and drops the trace id of a refusal.
 */
export class TokenEndpoint implements INetworkModule {
  readonly #application: Application;
  readonly #signal: AbortSignal;
  /** The refresh token of the last response, if it has a valid one. */
  refreshToken: string | undefined;
  /** Lifetime of the last response's token. */
  life: ReturnType<typeof readLife> = { lifeMs: 0, refreshInMs: undefined };
  /** How far Entra's clock is ahead of this machine's, by the last response. */
  clockAheadMs: number | undefined;
  /** The failure to throw instead of msal's error. */
  failure: CredentialError | undefined;

  constructor(application: Application, signal: AbortSignal) {
    this.#application = application;
    this.#signal = signal;
  }

  sendGetRequestAsync<T>(url: string, options?: NetworkRequestOptions) {
    return this.#send<T>("GET", url, options);
  }

  sendPostRequestAsync<T>(url: string, options?: NetworkRequestOptions) {
    return this.#send<T>("POST", url, options);
  }

  async #send<T>(
    method: string,
    url: string,
    options: NetworkRequestOptions = {},
  ): Promise<NetworkResponse<T>> {
    const { authority, fetch, isOwnFetch } = this.#application;
    try {
      const response = await fetch(url.replace(secureForm(authority), authority), {
        method,
        headers: options.headers ?? {},
        ...(method === "POST" && { body: options.body ?? "" }),
        signal: this.#signal,
        // A redirect must not receive the secret.
        redirect: "manual",
      });
      const body = this.#read(response, await response.text());
      return { status: response.status, headers: {}, body: body as T };
    } catch (error) {
      if (error instanceof CredentialError) this.failure = error;
      else if (this.#signal.aborted)
        this.failure = stopped(this.#signal, "The token endpoint did not respond");
      else this.failure = unreachable(authority, error, isOwnFetch);
      throw this.failure;
    }
  }

  #read({ status, headers }: FetchResponse, text: string): Record<string, unknown> {
    const { authority } = this.#application;
    const date = headers.get("date");
    const now = readDate(date);
    this.clockAheadMs = now === undefined ? undefined : now - Date.now();
    if (status >= 300 && status < 400) throw redirected(status, headers.get("location"), authority);
    const body = parseBody(text);
    if (status < 200 || status > 299 || isRefusal(body)) {
      const retryAfterMs = readRetryAfter(headers.get("retry-after"), date);
      throw tokenRefusal(body, status, authority, retryAfterMs);
    }
    if (!isAccessToken(body?.access_token)) throw notAToken();
    if (isRefreshToken(body.refresh_token)) this.refreshToken = body.refresh_token;
    this.life = readLife(body);
    return body;
  }
}

/** msal rejects plain http, so it is given the https form of a test server's address. */
export function secureForm(authority: string): string {
  return authority.replace(/^http:/, "https:");
}

/** Names only the origin of the redirect: the rest may repeat a secret. */
function redirected(status: number, location: string | null, authority: string): CredentialError {
  const { host } = new URL(authority);
  const to = location === null ? null : URL.parse(location, authority);
  return new CredentialError({
    kind: "redirected",
    meaning: `${host} redirects token requests${to ? ` to ${to.origin}` : ""} (status ${status}); no secret was sent there`,
    remedy: "Check the authority, and whether a proxy or a captive portal responds in its place.",
    status,
  });
}
