import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import type { PemCertificate } from "./application-options.ts";
import { invalidSetting } from "../errors/invalid-setting.ts";

/** A certificate, its private key and its thumbprint. */
export interface ClientCertificate {
  readonly thumbprintSha256: string;
  readonly privateKey: KeyObject;
}

const certificateBlock = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/;
const keyBlock = /-----BEGIN ([A-Z]+ )?PRIVATE KEY-----[^]+?-----END ([A-Z]+ )?PRIVATE KEY-----/;

/**
 * @param name What messages call the certificate.
 * @throws {CredentialError} `invalidSetting`, with a separate message for each fault.
 */
export function readCertificate(
  { pem, passphrase }: PemCertificate,
  name: string,
): ClientCertificate {
  const [certificateText] = certificateBlock.exec(pem) ?? [];
  const [keyText] = keyBlock.exec(pem) ?? [];
  if (!certificateText) {
    throw invalidSetting(
      `${name} contains no certificate`,
      "Use PEM with a BEGIN CERTIFICATE block; convert a .pfx first.",
    );
  }
  if (!keyText) {
    throw invalidSetting(
      `${name} contains a certificate without its private key`,
      "Add the private key to the same PEM, as a BEGIN PRIVATE KEY block.",
    );
  }
  const certificate = parseCertificate(certificateText, name);
  const key = parseKey(keyText, passphrase, name);
  if (key.asymmetricKeyType !== "rsa") {
    throw invalidSetting(
      `${name} has a key that is not RSA`,
      "Use an RSA key, the only kind that Entra accepts.",
    );
  }
  if (!certificate.checkPrivateKey(key)) {
    throw invalidSetting(
      `${name} contains the private key of another certificate`,
      "Use a matching pair.",
    );
  }
  if (Date.parse(certificate.validTo) < Date.now()) {
    throw invalidSetting(
      `${name} expired on ${new Date(certificate.validTo).toISOString().slice(0, 10)}`,
      "Create a new one and upload it to the app registration.",
    );
  }
  return {
    thumbprintSha256: certificate.fingerprint256.replaceAll(":", ""),
    privateKey: key,
  };
}

function parseCertificate(text: string, name: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch {
    throw invalidSetting(`${name} contains an unreadable certificate`, "Export it as PEM again.");
  }
}

function parseKey(text: string, passphrase: string | undefined, name: string): KeyObject {
  try {
    return createPrivateKey({ key: text, passphrase: passphrase ?? "" });
  } catch {
    const isEncrypted = /ENCRYPTED/.test(text);
    if (!isEncrypted) {
      throw invalidSetting(`${name} contains an unreadable private key`, "Export it as PEM again.");
    }
    throw invalidSetting(
      `${name} contains an encrypted private key, and ${passphrase ? "the passphrase is wrong" : "there is no passphrase"}`,
      passphrase && passphrase.trim() !== passphrase
        ? "Set the private key's passphrase; this one begins or ends with white space."
        : "Set the private key's passphrase.",
    );
  }
}
