import { generate } from "selfsigned";

export interface Pair {
  certificate: string;
  privateKey: string;
  /** Certificate and key in one file. */
  pem: string;
}

/** Makes a unique certificate. */
export async function makeCertificate(options: Parameters<typeof generate>[1] = {}): Promise<Pair> {
  const made = await generate([{ name: "commonName", value: "localhost" }], {
    keySize: 2048,
    extensions: [{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }],
    ...options,
  });
  return {
    certificate: made.cert,
    privateKey: made.private,
    pem: `${made.cert}\n${made.private}`,
  };
}
