import type { CredentialErrorKind } from "./credential-error.ts";

/** What a code stands for, and what to do. */
export interface Explanation {
  readonly kind: CredentialErrorKind;
  readonly meaning: string;
  readonly remedy: string;
}

const signInAgain = "Run qualifications-consent and sign in again.";
const consentAgain =
  "Run qualifications-consent with a user who may consent, or let an administrator consent for the tenant.";
const withMfa =
  "Run qualifications-consent and answer the second factor; Partner Center asks for it in every app+user token.";
const later = "Try again later.";

/**
 * Entra's codes, as its reference explains them (learn.microsoft.com/entra/identity-platform/
 * reference-error-codes, read 2026-11-23; 700024 from issues of Microsoft's own libraries). The
 * reference warns that codes may change, so they choose words; what is done depends on OAuth's own
 * `error`.
 */
const table: [codes: number[], ...explanation: [CredentialErrorKind, string, string]][] = [
  [
    [70008, 700082],
    "refreshTokenExpired",
    "The refresh token has expired, because it was not used for too long",
    signInAgain,
  ],
  [
    [70043],
    "refreshTokenExpired",
    "The refresh token is older than the tenant's sign-in frequency allows",
    signInAgain,
  ],
  [
    [50173, 50132, 50133],
    "refreshTokenExpired",
    "The refresh token was revoked, by a new password, by the user or by an administrator",
    signInAgain,
  ],
  [[70000, 50089], "refreshTokenExpired", "The refresh token is not accepted", signInAgain],
  [
    [700084],
    "refreshTokenExpired",
    "The refresh token was issued to a single-page application and has expired",
    "Register the redirect address for the platform Web, then run qualifications-consent.",
  ],
  [
    [65001, 90094, 90095, 90008],
    "consentMissing",
    "Nobody has consented to what the application asks for",
    consentAgain,
  ],
  [[65004], "consentDenied", "The user declined to consent", consentAgain],
  [
    [65005, 650056, 650057],
    "consentMissing",
    "The application's registration does not list the permission for Partner Center",
    "Add the API permission Microsoft Partner Center, user_impersonation, then run qualifications-consent.",
  ],
  [
    [50072, 50074, 50076, 50078, 50079, 50158, 53004],
    "mfaRequired",
    "The user must sign in with multi-factor authentication",
    withMfa,
  ],
  [
    [50053, 50055, 50056, 50057, 50144],
    "signInBlocked",
    "The user's account is locked or disabled, or its password has expired",
    "Mend the account in the Entra admin center, then run qualifications-consent.",
  ],
  [
    [53000, 53001, 53002, 53003, 53011, 530032, 50105, 50131],
    "signInBlocked",
    "A policy of the tenant does not let this user or this machine in",
    "Look up the sign-in in the Entra admin center's logs by its trace id, and ask the tenant's administrator.",
  ],
  [
    [7000215, 70002],
    "clientRefused",
    "The client secret is wrong",
    "Give the secret's value, not its id, of this very application.",
  ],
  [
    [7000222],
    "clientRefused",
    "The client secret has expired",
    "Create a new one in the application's registration.",
  ],
  [
    [700027, 50012, 700030],
    "clientRefused",
    "The certificate is not accepted for this application",
    "Upload the certificate to the application's registration, and give it with its own private key.",
  ],
  [
    [700024],
    "clientRefused",
    "The signed assertion is not valid at this time",
    "Set this machine's clock: it differs from Entra's by more than Entra tolerates.",
  ],
  [
    [7000218, 700025],
    "clientRefused",
    "The application is registered as another kind of client",
    "Register it for the platform Web; a secret or certificate belongs to that kind alone.",
  ],
  [
    [700016, 700011, 70001, 7000112],
    "clientRefused",
    "The application is not known in this tenant, or is disabled",
    "Check the client id and the tenant.",
  ],
  [
    [50011, 70004, 900971],
    "clientRefused",
    "The redirect address is not registered for this application",
    "Register the address that the command printed, for the platform Web.",
  ],
  [
    [90002, 50128, 50059, 90019],
    "wrongTenant",
    "The tenant is not known",
    "Check the tenant, and that the environment is the one it lives in.",
  ],
  [
    [90038, 900382, 900432, 90051],
    "wrongTenant",
    "The tenant lives in another cloud",
    "Choose its environment: global, usGovernment or china.",
  ],
  [
    [50020, 50034, 51004, 50014, 16000, 90072],
    "wrongTenant",
    "The user does not belong to this tenant",
    "Sign in with a user of the partner's own tenant.",
  ],
  [
    [50001, 500011, 70011, 28002, 650052, 650054],
    "wrongAudience",
    "The tenant does not know what the token is asked for",
    "Check that the environment is the partner's, and that its tenant has Partner Center.",
  ],
  [
    [54005, 70019],
    "refused",
    "The authorization code was used before or has expired",
    "Run qualifications-consent again.",
  ],
  [[50196, 90055], "throttled", "Entra was asked too often", later],
  [[50033, 90006, 90012, 90024, 90033, 90090], "unavailable", "Entra is not available", later],
];

export const entraCodes: ReadonlyMap<string, Explanation> = new Map(
  table.flatMap(([codes, kind, meaning, remedy]) =>
    codes.map((code) => [String(code), { kind, meaning, remedy }] as const),
  ),
);

/** For a code that is not known, by OAuth's own name (RFC 6749, and what Entra adds to it). */
export const oauthErrors: ReadonlyMap<string, Explanation> = new Map([
  [
    "invalid_grant",
    {
      kind: "refreshTokenExpired",
      meaning: "The refresh token or authorization code is not accepted",
      remedy: signInAgain,
    },
  ],
  [
    "interaction_required",
    {
      kind: "mfaRequired",
      meaning: "Entra wants the user to sign in once more",
      remedy: signInAgain,
    },
  ],
  [
    "consent_required",
    { kind: "consentMissing", meaning: "A consent is missing", remedy: consentAgain },
  ],
  [
    "access_denied",
    { kind: "consentDenied", meaning: "The consent was denied", remedy: consentAgain },
  ],
  [
    "invalid_client",
    {
      kind: "clientRefused",
      meaning: "The application's secret or certificate is not accepted",
      remedy: "Check the client id and its secret or certificate.",
    },
  ],
  [
    "unauthorized_client",
    {
      kind: "clientRefused",
      meaning: "The application may not ask for tokens in this way",
      remedy: "Check the client id, the tenant and the application's registration.",
    },
  ],
  [
    "invalid_scope",
    {
      kind: "wrongAudience",
      meaning: "The scope is not known",
      remedy: "Check that the environment is the partner's.",
    },
  ],
  [
    "invalid_resource",
    {
      kind: "wrongAudience",
      meaning: "The resource is not known in this tenant",
      remedy: "Check that the environment is the partner's.",
    },
  ],
  [
    "temporarily_unavailable",
    { kind: "unavailable", meaning: "Entra is not available", remedy: later },
  ],
  ["server_error", { kind: "unavailable", meaning: "Entra failed", remedy: later }],
] satisfies [string, Explanation][]);
