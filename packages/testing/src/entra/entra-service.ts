import type { IncomingMessage } from "node:http";
import {
  Events,
  type JWK,
  type MutableRedirectUri,
  type MutableResponse,
  type MutableToken,
  OAuth2Issuer,
  OAuth2Service,
  type TokenRequestIncomingMessage,
} from "oauth2-mock-server";
import { checkAssertion } from "./client-assertion.ts";
import { RefreshTokens } from "./refresh-tokens.ts";
import { Refusal } from "./refusal.ts";

/** Settings that can be changed while the server runs. */
export interface Behaviour {
  /** How far its clock is ahead of the machine's, in milliseconds. */
  skewMs: number;
  /** Delay of each response, in milliseconds. */
  delayMs: number;
  /** Lifetime of an access token, in seconds. */
  lifetimeS: number;
  /** `refresh_in` of its responses, in seconds, if set. */
  refreshInS: number | undefined;
  /** Whether the user completes the second factor. */
  mfa: boolean;
  /** The user's decision on the sign-in page. */
  consent: "given" | "denied";
}

export interface Registration {
  tenant: string;
  clientId: string;
  clientSecret: string;
  /** PEM, if the application authenticates with a certificate. */
  certificate?: string | undefined;
}

/** Shared by all servers of a process, since generating it takes longer than all the rest. */
let signingKey: Promise<JWK> | undefined;

/** An OAuth server by oauth2-mock-server, with Entra's additions. */
export class EntraService {
  readonly refreshTokens: RefreshTokens;
  /** Every issued access token, identity token and code. */
  readonly issued: string[] = [];
  readonly #issuer = new OAuth2Issuer();
  readonly #service: OAuth2Service;
  readonly #registration: Registration;
  readonly #behaviour: Behaviour;
  readonly #codes = new Map<string, string>();

  constructor(registration: Registration, behaviour: Behaviour, takenOnce: boolean) {
    this.#registration = registration;
    this.#behaviour = behaviour;
    this.refreshTokens = new RefreshTokens(takenOnce);
    const base = `/${registration.tenant}`;
    this.#service = new OAuth2Service(this.#issuer, {
      wellKnownDocument: `${base}/v2.0/.well-known/openid-configuration`,
      authorize: `${base}/oauth2/v2.0/authorize`,
      token: `${base}/oauth2/v2.0/token`,
      jwks: `${base}/discovery/v2.0/keys`,
    });
    this.#service.on(Events.BeforeWellKnownOpenIdConfiguration, ({ body }) => {
      // Its endpoints are not below the issuer's address, contrary to oauth2-mock-server.
      for (const [name, value] of Object.entries(body)) {
        if (!/_(endpoint|uri)$/.test(name)) continue;
        Object.assign(body, { [name]: String(value).replace(`${base}/v2.0/`, "/") });
      }
    });
    this.#service.on(Events.BeforeTokenSigning, this.#complete);
    this.#service.on(Events.BeforeAuthorizeRedirect, this.#authorize);
    this.#service.on(Events.BeforeResponse, this.#answer);
  }

  async start(url: string) {
    await this.#issuer.keys.add(await (signingKey ??= new OAuth2Issuer().keys.generate("RS256")));
    this.#issuer.url = `${url}/${this.#registration.tenant}/v2.0`;
    return this.#service.requestHandler;
  }

  #complete = ({ payload }: MutableToken, { body }: TokenRequestIncomingMessage) => {
    const { tenant, clientId } = this.#registration;
    const { skewMs, lifetimeS, mfa } = this.#behaviour;
    const now = Math.floor((Date.now() + skewMs) / 1000);
    const isOfUser = body.grant_type !== "client_credentials";
    const amr = mfa ? ["pwd", "mfa"] : ["pwd"];
    Object.assign(payload, { iat: now, nbf: now, exp: now + lifetimeS, tid: tenant });
    if (isOfUser) Object.assign(payload, { oid: "the-user", sub: "the-user" });
    if (!("scope" in payload)) {
      Object.assign(payload, { name: "Adele Vance", preferred_username: `adele@${tenant}` });
      return;
    }
    const scope = String(payload.scope);
    const resource = scope.split(" ").find((part) => part.startsWith("https://")) ?? "";
    delete payload.scope;
    Object.assign(payload, {
      aud: resource.replace(/\/[^/]*$/, ""),
      appid: clientId,
      ...(isOfUser
        ? { scp: "user_impersonation", amr, upn: `adele@${tenant}` }
        : { idtyp: "app", oid: "the-app", sub: "the-app" }),
    });
  };

  #authorize = ({ url }: MutableRedirectUri, req: IncomingMessage) => {
    const query = new URL(req.url ?? "", "http://localhost").searchParams;
    const code = url.searchParams.get("code") ?? "";
    const redirect = query.get("redirect_uri") ?? "";
    const refuse = (error: string, description: string) => {
      url.searchParams.delete("code");
      url.searchParams.set("error", error);
      url.searchParams.set("error_description", description);
    };
    if (query.get("client_id") !== this.#registration.clientId) {
      refuse("unauthorized_client", "AADSTS700016: Application was not found in the directory.");
    } else if (query.get("code_challenge_method") !== "S256") {
      refuse("invalid_request", "AADSTS501491: Code challenge is missing.");
    } else if (this.#behaviour.consent === "denied") {
      refuse("access_denied", "AADSTS65004: User declined to consent to access the app.");
    } else {
      this.#codes.set(code, redirect);
      this.issued.push(code);
    }
  };

  #answer = (response: MutableResponse, req: TokenRequestIncomingMessage) => {
    const body = req.body as unknown as Record<string, string | undefined>;
    try {
      this.#checkClient(body);
      if (body.grant_type === "authorization_code") this.#redeemCode(body);
      if (body.grant_type === "refresh_token") this.refreshTokens.redeem(body.refresh_token ?? "");
      const answer = response.body as Record<string, unknown>;
      answer.expires_in = this.#behaviour.lifetimeS;
      if (this.#behaviour.refreshInS !== undefined) answer.refresh_in = this.#behaviour.refreshInS;
      delete answer.refresh_token;
      const isOfUser = body.grant_type !== "client_credentials";
      if (isOfUser && body.scope?.split(" ").includes("offline_access")) {
        answer.refresh_token = this.refreshTokens.issue();
      }
      this.issued.push(...[answer.access_token, answer.id_token].filter(Boolean).map(String));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      response.statusCode = error.status;
      response.body = error.body();
    }
  };

  #checkClient(body: Record<string, string | undefined>): void {
    const { clientId, clientSecret, certificate } = this.#registration;
    if (body.client_id !== clientId) {
      throw new Refusal("unauthorized_client", 700016, "Application was not found.");
    }
    if (body.client_assertion !== undefined && certificate !== undefined) {
      const now = Math.floor((Date.now() + this.#behaviour.skewMs) / 1000);
      const audience = `${this.#issuer.url?.replace(/v2\.0$/, "")}oauth2/v2.0/token`;
      checkAssertion(body.client_assertion, { certificate, clientId, audience, now });
    } else if (body.client_secret !== clientSecret) {
      throw new Refusal("invalid_client", 7000215, "Invalid client secret provided.", 401);
    }
  }

  #redeemCode({ code = "", redirect_uri, code_verifier }: Record<string, string | undefined>) {
    const redirect = this.#codes.get(code);
    if (redirect === undefined) {
      throw new Refusal("invalid_grant", 54005, "The code was already redeemed.");
    }
    this.#codes.delete(code);
    if (redirect !== redirect_uri) {
      throw new Refusal("invalid_request", 50011, "The redirect address does not match.");
    }
    if (!code_verifier) throw new Refusal("invalid_grant", 501481, "The verifier is missing.");
  }
}
