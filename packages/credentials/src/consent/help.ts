export const help = `qualifications-consent: the one-time consent of the Secure Application Model

Usage: qualifications-consent [options]

Signs a user of the partner in, with multi-factor authentication, and stores the refresh token from
which a program gets its access tokens (appUserCredential).

  --tenant T          the partner's tenant, GUID or domain (PARTNER_CENTER_TENANT)
  --client-id ID      the application's id (PARTNER_CENTER_CLIENT_ID)
  --certificate FILE  PEM with certificate and private key (PARTNER_CENTER_CERTIFICATE_FILE),
                      in place of the secret in PARTNER_CENTER_CLIENT_SECRET
  --environment E     global, usGovernment or china (PARTNER_CENTER_ENVIRONMENT, default global)
  --store FILE        where the refresh token goes (PARTNER_CENTER_REFRESH_TOKEN_FILE)
  --port N            of http://localhost:N, the redirect address (default 8400)
  --timeout SECONDS   how long to wait for the sign-in (default 300)
  --print             prints the address of the sign-in page and opens no browser
  --version           the version of the package
  --help              this text

A secret is never a flag, since others can see a command's flags: PARTNER_CENTER_CLIENT_SECRET, or
PARTNER_CENTER_CERTIFICATE_PASSPHRASE for an encrypted private key.

HTTPS_PROXY, HTTP_PROXY and NO_PROXY are obeyed (before Node 24.14, set NODE_USE_ENV_PROXY=1 too).

Before the first run, add http://localhost:8400 to the application's registration as a redirect
address of the platform Web, and the API permission Microsoft Partner Center, user_impersonation.

Examples:
  qualifications-consent --tenant contoso.onmicrosoft.com --client-id … --store ./refresh-token
  qualifications-consent --print --port 9000     on a machine reached by ssh -L 9000:localhost:9000`;
