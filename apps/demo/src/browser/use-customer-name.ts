import { api } from "./api.ts";

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
