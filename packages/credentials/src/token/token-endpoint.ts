import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from "@azure/msal-node";
import type { Application } from "../application.ts";
import { CredentialError } from "../errors/credential-error.ts";
import { isRefusal, tokenRefusal } from "../errors/token-refusal.ts";
import { stopped } from "../within-time.ts";

/**
 * Carries msal's requests of one exchange. It is also the one place where the answer is seen as it
 * came: msal keeps a rotated refresh token to itself, and drops the trace id of a refusal.
 */
export class TokenEndpoint implements INetworkModule {
  readonly #application: Application;
  readonly #signal: AbortSignal;
  /** The refresh token of the last answer. */
  refreshToken: string | undefined;
  /** What went wrong, in place of what msal makes of it. */
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
    try {
      const { status, ok, headers, text } = await this.#fetch(method, url, options);
      const body = parse(text);
      if (!ok || isRefusal(body)) throw tokenRefusal(body, status, this.#application.authority);
      if (typeof body?.access_token !== "string") throw notAToken();
      if (typeof body.refresh_token === "string") this.refreshToken = body.refresh_token;
      return { status, headers, body: body as T };
    } catch (error) {
      this.failure = error instanceof CredentialError ? error : this.#unreachable(error);
      throw this.failure;
    }
  }

  async #fetch(method: string, url: string, { headers = {}, body = "" }: NetworkRequestOptions) {
    const { authority, fetch } = this.#application;
    const response = await fetch(url.replace(secureForm(authority), authority), {
      method,
      headers,
      ...(method === "POST" && { body }),
      signal: this.#signal,
      // A secret must not be sent on to where somebody points.
      redirect: "error",
    });
    const { status, ok } = response;
    return {
      status,
      ok,
      headers: Object.fromEntries(response.headers),
      text: await response.text(),
    };
  }

  #unreachable(error: unknown): CredentialError {
    if (this.#signal.aborted) return stopped(this.#signal, "The token endpoint did not answer");
    const { code } = (error as { cause?: { code?: unknown } }).cause ?? {};
    const { host } = new URL(this.#application.authority);
    return new CredentialError({
      reason: "unreachable",
      meaning: `${host} cannot be reached${typeof code === "string" ? ` (${code})` : ""}`,
      remedy: "Check the network, the proxy and the environment, and try again.",
    });
  }
}

/** msal takes no plain http; for a test server on loopback it is told https. */
export function secureForm(authority: string): string {
  return authority.replace(/^http:/, "https:");
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function notAToken(): CredentialError {
  return new CredentialError({
    reason: "unavailable",
    meaning: "What answered in place of the token endpoint gave no token",
    remedy: "Check the authority, and that no proxy or sign-in page of the network answers for it.",
  });
}
