import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { type Behaviour, EntraService, type Registration } from "./entra-service.ts";
import { commit, type Fault, send } from "./fault.ts";
import { Refusal } from "./refusal.ts";

export interface EntraOptions extends Partial<Behaviour>, Partial<Registration> {
  /** @default 0, which selects a free port */
  port?: number;
  /** Accepts each refresh token once, which Entra does not. */
  takenOnce?: boolean;
  /** Uses TLS with this key and certificate, as PEM. */
  tls?: { key: string; cert: string };
}

/** One request to the token endpoint. */
export interface TokenRequest {
  readonly grant: string;
  /** Status of its response; 0 until then. */
  readonly status: number;
  readonly form: Readonly<Record<string, string>>;
}

export interface Entra extends Behaviour, Registration, AsyncDisposable {
  /** The authority for clients. */
  readonly url: string;
  /** The requests to the token endpoint, in order. */
  readonly requests: TokenRequest[];
  /** Every issued refresh token, oldest first. */
  readonly refreshTokens: readonly string[];
  /** Issues a refresh token, as for a consent elsewhere. */
  issueRefreshToken(): string;
  revoke(refreshToken: string): void;
  /** Injects faults into the next requests to the token endpoint. */
  failNext(...faults: Fault[]): void;
  /** Removes the remaining faults. */
  recover(): void;
  /** Returns everything that must never appear in a text: all issued and received secrets. */
  secrets(): string[];
}

const secretFields = [
  "client_secret",
  "client_assertion",
  "refresh_token",
  "code",
  "code_verifier",
];

/**
 * Starts an OAuth server that behaves like Entra: a tenant's signed tokens, refresh tokens that are
 * replaced at each exchange, PKCE, certificates, and refusals with Entra's codes.
 *
 * @example
 * await using entra = await startEntra();
 * appOnlyCredential({ ...entra, authority: entra.url, certificate: undefined });
 */
export async function startEntra(options: EntraOptions = {}): Promise<Entra> {
  const behaviour: Behaviour = {
    skewMs: options.skewMs ?? 0,
    delayMs: options.delayMs ?? 0,
    lifetimeS: options.lifetimeS ?? 3600,
    refreshInS: options.refreshInS,
    mfa: options.mfa ?? true,
    consent: options.consent ?? "given",
  };
  const registration: Registration = {
    tenant: options.tenant ?? "contoso.onmicrosoft.com",
    clientId: options.clientId ?? "6f9f2f3e-0000-4000-8000-00000000c11e",
    clientSecret: options.clientSecret ?? "canary~secret.of-the-application",
    certificate: options.certificate,
  };
  const service = new EntraService(registration, behaviour, options.takenOnce ?? false);
  const requests: TokenRequest[] = [];
  const faults: Fault[] = [];

  let serve: Awaited<ReturnType<typeof service.start>> | undefined;
  const listener = (req: IncomingMessage, res: ServerResponse) => {
    if (behaviour.skewMs) {
      res.setHeader("date", new Date(Date.now() + behaviour.skewMs).toUTCString());
    }
    const isToken = /\/oauth2\/v2\.0\/token(\?|$)/.test(req.url ?? "");
    if (isToken) record(req, res, requests);
    const fault = isToken ? faults.shift() : undefined;
    if (fault) {
      void commit(fault, req, res);
    } else if (!req.url?.startsWith(`/${registration.tenant}/`)) {
      const refusal = new Refusal("invalid_request", 90002, "Tenant not found.");
      send(res, refusal.status, JSON.stringify(refusal.body()));
    } else {
      if (behaviour.delayMs > 0) delay(res, behaviour.delayMs);
      serve?.(req, res);
    }
  };
  const server = options.tls ? createTlsServer(options.tls, listener) : createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `${options.tls ? "https" : "http"}://127.0.0.1:${port}`;
  serve = await service.start(url);

  return Object.assign(behaviour, registration, {
    url,
    requests,
    refreshTokens: service.refreshTokens.issued,
    issueRefreshToken: () => service.refreshTokens.issue(),
    revoke: (token: string) => service.refreshTokens.revoke(token),
    failNext: (...next: Fault[]) => void faults.push(...next),
    recover: () => void faults.splice(0),
    secrets: () => [
      registration.clientSecret,
      ...service.issued,
      ...service.refreshTokens.issued,
      ...requests.flatMap(({ form }) => secretFields.flatMap((name) => form[name] ?? [])),
    ],
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

/** Records a request without consuming its body. */
function record(req: IncomingMessage, res: ServerResponse, requests: TokenRequest[]): void {
  const chunks: Buffer[] = [];
  req.on("data", (chunk: Buffer) => chunks.push(chunk));
  req.on("end", () => {
    const form = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()));
    requests.push({
      grant: form.grant_type ?? "",
      form,
      get status() {
        return res.headersSent ? res.statusCode : 0;
      },
    });
  });
}

function delay(res: ServerResponse, delayMs: number): void {
  const end = res.end.bind(res);
  res.end = ((...args: Parameters<typeof end>) => {
    setTimeout(() => end(...args), delayMs);
    return res;
  }) as typeof end;
}
