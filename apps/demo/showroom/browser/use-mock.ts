import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../src/browser/api.ts";

/** The members of the mock's control that are used here; see its own description. */
export interface Clock {
  mode: "real" | "manual" | "fast";
  now: string;
}
export interface TestCustomer {
  id: string;
  summary: string;
  companyName?: string;
  education?: "approved" | "denied" | "undecided" | "revoked" | undefined;
  vettingReason?: string | undefined;
  throttle?: { requests: number; per: string } | undefined;
  holds?: string[];
  refusal?: object;
  validationCodesExhausted?: boolean;
}
export interface MockFault {
  kind: string;
  count?: number;
}

/** Reads a part of the mock's control, again and again if it changes by itself. */
const part = <T>(path: string, refetchInterval: number | false = false) =>
  queryOptions({
    queryKey: ["mock", path],
    queryFn: () => api<T>(`/_mock/${path}`),
    refetchInterval,
  });

export const testCustomers = part<{ customers: TestCustomer[] }>("test-customers");
/** Others may freeze or move it too. */
export const clock = part<Clock>("clock", 2000);
/** A request uses one up. */
export const faults = part<MockFault[]>("faults", 2000);

/** Controls the mock. */
export function useControl() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ([method, path, body]: [method: string, path: string, body?: object]) =>
      api(`/_mock/${path}`, { method, ...(body && { body }) }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["mock"] }),
  });
}
