import type { Customer, CustomerQualification } from "@partner-qualifications/client";
import { queryOptions, useQuery } from "@tanstack/react-query";
import type { About, Failure } from "../shared/messages.ts";

/**
 * Calls the demo's own server: JSON in, JSON out.
 *
 * @param requestId Makes a repeated write the same request.
 * @throws {Failure}
 */
export async function api<T>(
  path: string,
  { method = "GET", body, requestId }: { method?: string; body?: object; requestId?: string } = {},
): Promise<T> {
  const headers = {
    "Content-Type": "application/json",
    ...(requestId !== undefined && { "MS-RequestId": requestId }),
  };
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
  const response = await fetch(`/api${path}`, init).catch((error: Error) => {
    const support = { kind: "server", message: error.message, time: new Date().toISOString() };
    throw Object.assign(error, { code: "", description: "", support } satisfies Failure);
  });
  const value: unknown = response.status === 204 ? undefined : await response.json();
  if (!response.ok) throw value;
  return value as T;
}

/** Whether an error is Partner Center's decision, which it repeats for the same identifier. */
export function isDecided(error: unknown): boolean {
  const { status = 0 } = (error as Partial<Failure> | null)?.support ?? {};
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}

export const aboutServer = queryOptions({
  queryKey: ["about"],
  queryFn: () => api<About>("/about"),
  staleTime: Number.POSITIVE_INFINITY,
});

export const qualificationsOf = (customerId: string) =>
  queryOptions({
    queryKey: ["qualifications", customerId],
    queryFn: () => api<CustomerQualification[]>(`/v1/customers/${customerId}/qualifications`),
    // A failure is on the page until the reader tries again, or leaves the page.
    retryOnMount: false,
  });

/** A name hardly changes, so it is read once. */
export const customerOf = (customerId: string) =>
  queryOptions({
    queryKey: ["customer", customerId],
    queryFn: () => api<Customer>(`/v1/customers/${customerId}`),
    staleTime: Number.POSITIVE_INFINITY,
    retryOnMount: false,
  });

/** Returns the customer's name once it is known. */
export function useCustomerName(customerId: string): string | undefined {
  const { data } = useQuery(customerOf(customerId));
  return data?.companyProfile.companyName;
}
