import { type Credential, readToken } from "./credential.ts";
import { PartnerCenterError } from "./error.ts";

export interface SendOptions {
  credential: Credential;
  applicationName: string | undefined;
  fetch: (request: Request) => Promise<Response>;
}

/**
 * The `fetch` that openapi-fetch is given: identifiers and token are put on the request here, so that
 * the bare client has them too.
 */
export function createSend({ credential, applicationName, fetch }: SendOptions) {
  return async (request: Request): Promise<Response> => {
    const { headers } = request;
    for (const name of ["MS-RequestId", "MS-CorrelationId"]) {
      if (!headers.has(name)) headers.set(name, crypto.randomUUID());
    }
    if (applicationName) headers.set("MS-PartnerCenter-Application", applicationName);
    headers.set("Accept", "application/json");
    const identifiers = {
      requestId: headers.get("MS-RequestId"),
      correlationId: headers.get("MS-CorrelationId"),
    };
    if (credential !== "none") {
      const token = await readToken(credential).catch((cause: unknown) => {
        throw new PartnerCenterError("The credential failed", identifiers, { cause });
      });
      if (!token) throw new PartnerCenterError("The credential gave no token", identifiers);
      headers.set("Authorization", `Bearer ${token}`);
    }
    try {
      return await fetch(request);
    } catch (cause) {
      if (request.signal.aborted) throw cause;
      const { origin } = new URL(request.url);
      throw new PartnerCenterError(`No answer from ${origin}`, identifiers, { cause });
    }
  };
}
