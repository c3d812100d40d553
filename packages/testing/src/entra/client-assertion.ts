import { createHash, type KeyObject, verify, X509Certificate, constants } from "node:crypto";
import { Refusal } from "./refusal.ts";

/** The clock skew that token services commonly tolerate, plus a second for rounding. */
const toleranceS = 5 * 60 + 1;

/** @throws {Refusal} If an assertion is not signed for this client, endpoint and time. */
export function checkAssertion(
  assertion: string,
  {
    certificate,
    clientId,
    audience,
    now,
  }: {
    certificate: string;
    clientId: string;
    audience: string;
    /** In seconds. */
    now: number;
  },
): void {
  const [head = "", payload = "", signature = ""] = assertion.split(".");
  const { alg, "x5t#S256": thumbprint } = decode(head);
  const { aud, iss, sub, nbf, exp } = decode(payload);
  const { publicKey, raw } = new X509Certificate(certificate);
  const isKnown = thumbprint === createHash("sha256").update(raw).digest("base64url");
  if (!isKnown || alg !== "PS256" || !isSigned(`${head}.${payload}`, signature, publicKey)) {
    throw new Refusal(
      "invalid_client",
      700027,
      "Client assertion failed signature validation.",
      401,
    );
  }
  // A client of a server without TLS was given an https address.
  const isForHere =
    String(aud).replace(/^https:/, "http:") === audience.replace(/^https:/, "http:");
  if (iss !== clientId || sub !== clientId || !isForHere) {
    throw new Refusal(
      "invalid_client",
      700023,
      "Client assertion audience or subject mismatch.",
      401,
    );
  }
  if (Number(nbf) > now + toleranceS || Number(exp) < now - toleranceS) {
    throw new Refusal(
      "invalid_client",
      700024,
      "Client assertion is not within its valid time range.",
      401,
    );
  }
}

function isSigned(signed: string, signature: string, key: KeyObject): boolean {
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  const saltLength = constants.RSA_PSS_SALTLEN_DIGEST;
  const bytes = Buffer.from(signature, "base64url");
  return verify("sha256", Buffer.from(signed), { key, padding, saltLength }, bytes);
}

function decode(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, "base64url").toString()) as Record<string, unknown>;
}
