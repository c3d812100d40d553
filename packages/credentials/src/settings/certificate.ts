import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import type { PemCertificate } from "./application-options.ts";
import { invalidSetting } from "../errors/invalid-setting.ts";

/** What proves an application by its certificate. */
export interface ClientCertificate {
  readonly thumbprintSha256: string;
  readonly privateKey: KeyObject;
}

const certificateBlock = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/;
const keyBlock = /-----BEGIN ([A-Z]+ )?PRIVATE KEY-----[^]+?-----END ([A-Z]+ )?PRIVATE KEY-----/;

/**
 * @param name What the certificate is called in messages.
 * @throws {CredentialError} `invalidSetting`, for each fault with words of its own.
 */
export function readCertificate(
  { pem, passphrase }: PemCertificate,
  name: string,
): ClientCertificate {
  const [certificateText] = certificateBlock.exec(pem) ?? [];
  const [keyText] = keyBlock.exec(pem) ?? [];
  if (!certificateText) {
    throw invalidSetting(
      `${name} holds no certificate`,
      "Give PEM, with a block BEGIN CERTIFICATE; a .pfx must be converted.",
    );
  }
  if (!keyText) {
    throw invalidSetting(
      `${name} holds a certificate without its private key`,
      "Put the private key into the same PEM, as a block BEGIN PRIVATE KEY.",
    );
  }
  const certificate = parseCertificate(certificateText, name);
  const key = parseKey(keyText, passphrase, name);
  if (key.asymmetricKeyType !== "rsa") {
    throw invalidSetting(`${name} has a key that is not RSA`, "Entra takes RSA keys alone.");
  }
  if (!certificate.checkPrivateKey(key)) {
    throw invalidSetting(`${name} holds the private key of another certificate`, "Give the pair.");
  }
  if (Date.parse(certificate.validTo) < Date.now()) {
    throw invalidSetting(
      `${name} expired on ${new Date(certificate.validTo).toISOString().slice(0, 10)}`,
      "Make a new one and upload it to the application's registration.",
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
    throw invalidSetting(
      `${name} holds a certificate that cannot be read`,
      "Export it as PEM again.",
    );
  }
}

function parseKey(text: string, passphrase: string | undefined, name: string): KeyObject {
  try {
    return createPrivateKey({ key: text, passphrase: passphrase ?? "" });
  } catch {
    const isEncrypted = /ENCRYPTED/.test(text);
    if (!isEncrypted) {
      throw invalidSetting(
        `${name} holds a private key that cannot be read`,
        "Export it as PEM again.",
      );
    }
    throw invalidSetting(
      `${name} holds an encrypted private key, and ${passphrase ? "the passphrase is wrong" : "there is no passphrase"}`,
      passphrase && passphrase.trim() !== passphrase
        ? "Give the passphrase of the private key; this one has white space at an end."
        : "Give the passphrase of the private key.",
    );
  }
}
