import type { QualificationRequest } from "@partner-qualifications/client";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Fault } from "../../shared/failure.ts";
import { api, qualificationsPath, qualificationsQuery } from "../api.ts";
import { useFollowed } from "../live.ts";
import { forgetPending, keepPending, type PendingRequest, readPending } from "./pending-request.ts";

/**
 * Asks for a qualification, under an identifier that stays the same until there is an answer: over a
 * second click, another try and a page that is loaded again.
 */
export function useRequest(customerId: string) {
  const queries = useQueryClient();
  const followed = useFollowed(customerId);
  const [unanswered, setUnanswered] = useState(() => readPending(customerId));
  const settle = (requestId: string) => {
    forgetPending(customerId, requestId);
    setUnanswered(readPending(customerId));
  };

  const mutation = api.useMutation("post", qualificationsPath, {
    onSuccess: (_, { params }) => settle(params.header?.["MS-RequestId"] ?? ""),
    onError: (error, { params }) => {
      if (isAnswer(error)) settle(params.header?.["MS-RequestId"] ?? "");
    },
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: qualificationsQuery(customerId).queryKey });
      void queries.invalidateQueries(api.queryOptions("get", "/v1/customers/all/validations"));
    },
  });

  // The server may have taken what this page never heard of again.
  const taken = followed.find(({ requestId }) => requestId === unanswered?.requestId)?.requestId;
  const pending = taken === undefined ? unanswered : undefined;
  useEffect(() => {
    if (taken !== undefined) forgetPending(customerId, taken);
  }, [customerId, taken]);

  function send(body: QualificationRequest): PendingRequest {
    const request = keepPending(customerId, body);
    setUnanswered(request);
    const header = { "MS-RequestId": request.requestId };
    mutation.mutate({ params: { path: { customer_id: customerId }, header }, body });
    return request;
  }
  const forget = () => pending && settle(pending.requestId);
  return { mutation, pending, isTaken: taken !== undefined, send, forget };
}

/** Whether somebody has decided; otherwise the same request may go out again. */
function isAnswer(error: unknown): boolean {
  const { status, write } = ((error ?? {}) as Partial<Fault>).support ?? {};
  if (status === undefined || write === "unknown") return false;
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}
