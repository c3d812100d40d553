import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ownApi } from "../../src/browser/api.ts";

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
}
export interface MockFault {
  kind: string;
  count?: number;
}

/** Reads a part of the mock's control, and again while the page is looked at: its clock goes on. */
export function useMock<T>(path: string, refetchInterval: number | false = false, enabled = true) {
  return useQuery({
    enabled,
    queryKey: ["mock", path],
    queryFn: () => ownApi<T>(`/_mock/${path}`),
    refetchInterval,
  });
}

/** Moves the mock. Several steps go one after the other. */
export function useMoveMock() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (steps: [method: string, path: string, body?: object][]) => {
      for (const [method, path, body] of steps) {
        await ownApi(`/_mock/${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["mock"] }),
  });
}
