import { constants, randomUUID, sign } from "node:crypto";
import type { ClientCertificate } from "../settings/certificate.ts";

/**
 * Signs a certificate's client assertion (RFC 7523) in the form that Entra documents: PS256, the
 * certificate's SHA-256 thumbprint, valid for ten minutes. msal would use this machine's clock, which
 * may differ too much from Entra's.
 *
 * @param now Milliseconds since 1970, by Entra's clock if known.
 */
export function signAssertion(
  { thumbprintSha256, privateKey }: ClientCertificate,
  clientId: string,
  audience: string,
  now: number,
): string {
  const issuedAt = Math.floor(now / 1000);
  const signed = [
    {
      alg: "PS256",
      typ: "JWT",
      "x5t#S256": Buffer.from(thumbprintSha256, "hex").toString("base64url"),
    },
    {
      aud: audience,
      iss: clientId,
      sub: clientId,
      jti: randomUUID(),
      nbf: issuedAt,
      iat: issuedAt,
      exp: issuedAt + 600,
    },
  ]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .join(".");
  const signature = sign("sha256", Buffer.from(signed), {
    key: privateKey,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  });
  return `${signed}.${signature.toString("base64url")}`;
}
