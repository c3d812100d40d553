import { createQualificationsClient } from "@partner-qualifications/client";
import { createHttpClient } from "@partner-qualifications/client/http";
import createQueries from "openapi-react-query";

/**
 * The same client as any other, but without a credential, which the demo's server adds. Retries are
 * that server's matter too: it may take its time, and is asked once.
 */
export const http = createHttpClient(
  createQualificationsClient({
    baseUrl: `${location.origin}/api`,
    credential: "none",
    retry: { maxAttempts: 1 },
    timeoutMs: 300_000,
    totalTimeoutMs: 300_000,
  }),
);

export const api = createQueries(http);

export const qualificationsPath = "/v1/customers/{customer_id}/qualifications";

/** The query for a customer's qualifications, by which its cache is found. */
export function qualificationsQuery(customerId: string) {
  return api.queryOptions("get", qualificationsPath, {
    params: { path: { customer_id: customerId } },
  });
}

/** A request to the demo's own part of the server: JSON in, JSON out. */
export async function ownApi<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(`/api${path}`, {
    ...init,
    headers: { "Content-Type": "application/json" },
  });
  if (!response.ok) throw await response.json();
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** A name hardly changes, so it is asked for once. */
export function useCustomerName(customerId: string): string | undefined {
  const { data } = api.useQuery(
    "get",
    "/v1/customers/{customer_id}",
    { params: { path: { customer_id: customerId } } },
    { staleTime: Number.POSITIVE_INFINITY },
  );
  return data?.companyProfile.companyName;
}
