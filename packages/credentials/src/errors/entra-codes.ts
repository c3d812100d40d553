import type { CredentialErrorKind } from "./credential-error.ts";

/** What a code means and what to do about it. */
export interface Explanation {
  readonly kind: CredentialErrorKind;
  readonly meaning: string;
  readonly remedy: string;
}

const signInAgain = "Run qualifications-consent and sign in again.";
const consentAgain =
  "Run qualifications-consent with a user who may consent, or have an administrator consent for the tenant.";
const withMfa =
  "Run qualifications-consent and complete the second factor; Partner Center requires it for every app+user token.";
const later = "Try again later.";

/**
 * Entra's codes, from its reference (learn.microsoft.com/entra/identity-platform/reference-error-codes,
 * read 2026-11-23; 700024 is from issues of Microsoft's own libraries). The reference warns that codes
 * may change, so they select only the text; behavior depends on OAuth's `error`.
 */
const table: [codes: number[], ...explanation: [CredentialErrorKind, string, string]][] = [
  [
    [70008, 700082],
    "refreshTokenExpired",
    "The refresh token has expired because it was not used for too long",
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
    "The refresh token was revoked, by a password change, the user or an administrator",
    signInAgain,
  ],
  [[70000, 50089], "refreshTokenExpired", "Entra rejected the refresh token", signInAgain],
  [
    [700084],
    "refreshTokenExpired",
    "The refresh token was issued to a single-page application and has expired",
    "Register the redirect URI for the Web platform, then run qualifications-consent.",
  ],
  [
    [65001, 90094, 90095, 90008],
    "consentMissing",
    "The tenant has not consented to the permissions that the application requests",
    consentAgain,
  ],
  [[65004], "consentDenied", "The user declined to consent", consentAgain],
  [
    [65005, 650056, 650057],
    "consentMissing",
    "The app registration lacks the permission for Partner Center",
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
    "Fix the account in the Entra admin center, then run qualifications-consent.",
  ],
  [
    [53000, 53001, 53002, 53003, 53011, 530032, 50105, 50131],
    "signInBlocked",
    "A policy of the tenant blocks this user or this machine",
    "Find the trace id in the Entra admin center's sign-in logs, or contact the tenant's administrator.",
  ],
  [
    [7000215, 70002],
    "clientRefused",
    "The client secret is wrong",
    "Use the secret's value, not its id, and check that it belongs to this application.",
  ],
  [
    [7000222],
    "clientRefused",
    "The client secret has expired",
    "Create a new secret in the app registration.",
  ],
  [
    [700027, 50012, 700030],
    "clientRefused",
    "Entra rejected the certificate for this application",
    "Upload the certificate to the app registration, and use it with its own private key.",
  ],
  [
    [700024],
    "clientRefused",
    "The signed assertion is not valid at this time",
    "Correct this machine's clock: it differs too much from Entra's.",
  ],
  [
    [7000218, 700025],
    "clientRefused",
    "The application is registered as another kind of client",
    "Register it for the Web platform, the only one with secrets and certificates.",
  ],
  [
    [700016, 700011, 70001, 7000112],
    "clientRefused",
    "The tenant has no such application, or it is disabled",
    "Check the client id and the tenant.",
  ],
  [
    [50011, 70004, 900971],
    "clientRefused",
    "The redirect URI is not registered for this application",
    "Register the address that the command printed, for the Web platform.",
  ],
  [
    [90002, 50128, 50059, 90019],
    "wrongTenant",
    "The tenant does not exist",
    "Check the tenant, and that it belongs to this environment.",
  ],
  [
    [90038, 900382, 900432, 90051],
    "wrongTenant",
    "The tenant belongs to another cloud",
    "Set its environment: global, usGovernment or china.",
  ],
  [
    [50020, 50034, 51004, 50014, 16000, 90072],
    "wrongTenant",
    "The user does not belong to this tenant",
    "Sign in with a user of your partner tenant.",
  ],
  [
    [50001, 500011, 70011, 28002, 650052, 650054],
    "wrongAudience",
    "The tenant does not have the requested resource",
    "Check the environment, and that your tenant has Partner Center.",
  ],
  [
    [54005, 70019],
    "refused",
    "The authorization code has expired or was already used",
    "Run qualifications-consent again.",
  ],
  [[50196, 90055], "throttled", "Entra received too many requests", later],
  [[50033, 90006, 90012, 90024, 90033, 90090], "unavailable", "Entra is unavailable", later],
];

export const entraCodes: ReadonlyMap<string, Explanation> = new Map(
  table.flatMap(([codes, kind, meaning, remedy]) =>
    codes.map((code) => [String(code), { kind, meaning, remedy }] as const),
  ),
);

/** Explanations for unknown codes, by OAuth's error (RFC 6749, and Entra's additions to it). */
export const oauthErrors: ReadonlyMap<string, Explanation> = new Map([
  [
    "invalid_grant",
    {
      kind: "refreshTokenExpired",
      meaning: "Entra rejected the refresh token or authorization code",
      remedy: signInAgain,
    },
  ],
  [
    "interaction_required",
    {
      kind: "mfaRequired",
      meaning: "Entra requires the user to sign in again",
      remedy: signInAgain,
    },
  ],
  [
    "consent_required",
    { kind: "consentMissing", meaning: "The consent is missing", remedy: consentAgain },
  ],
  [
    "access_denied",
    { kind: "consentDenied", meaning: "The consent was denied", remedy: consentAgain },
  ],
  [
    "invalid_client",
    {
      kind: "clientRefused",
      meaning: "Entra rejected the application's secret or certificate",
      remedy: "Check the client id and its secret or certificate.",
    },
  ],
  [
    "unauthorized_client",
    {
      kind: "clientRefused",
      meaning: "The application may not request tokens in this way",
      remedy: "Check the client id, the tenant and the app registration.",
    },
  ],
  [
    "invalid_scope",
    {
      kind: "wrongAudience",
      meaning: "Entra does not recognize the scope",
      remedy: "Check the environment.",
    },
  ],
  [
    "invalid_resource",
    {
      kind: "wrongAudience",
      meaning: "The tenant does not have the requested resource",
      remedy: "Check the environment.",
    },
  ],
  [
    "temporarily_unavailable",
    { kind: "unavailable", meaning: "Entra is unavailable", remedy: later },
  ],
  ["server_error", { kind: "unavailable", meaning: "Entra failed", remedy: later }],
] satisfies [string, Explanation][]);
