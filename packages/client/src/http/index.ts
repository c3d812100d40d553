import type { QualificationsClient } from "@partner-qualifications/client";
import createClient, { type Client } from "openapi-fetch";
import type { paths } from "../generated/paths.ts";
import { LightRequest } from "./light-request.ts";

export type { paths } from "../generated/paths.ts";

/**
 * The bare openapi-fetch client over a client's `fetch`: the same identifiers, token, timeouts and
 * retries on each call. It answers with `{ data, error, response }`, and throws where there is no
 * answer or a good one is not JSON. `openapi-react-query` takes it.
 *
 * Its requests are light ones: a middleware may read them and set headers, not copy them.
 *
 * @example
 * const http = createHttpClient(createQualificationsClient({ credential }));
 * const { data, error, response } = await http.GET("/v1/customers/{customer_id}/qualifications", {
 *   params: { path: { customer_id: customerId } },
 * });
 */
export function createHttpClient({
  baseUrl,
  fetch,
}: Pick<QualificationsClient, "baseUrl" | "fetch">): Client<paths> {
  return createClient<paths>({
    baseUrl,
    fetch,
    Request: LightRequest as unknown as typeof Request,
  });
}
