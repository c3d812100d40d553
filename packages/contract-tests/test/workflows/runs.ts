import { equal } from "node:assert/strict";
import type { Mock } from "@partner-qualifications/mock";
import type { Attempt } from "./respect.ts";

// Not an example of the contract, which the command would use for missing values.
const school = "5a3c9c1e-0d7b-4f0e-9c55-7d1b6f2e8a40";
const denied = "00000000-0000-4000-8000-00000000de01";
const firstId = "b0f1d7a2-64c8-4f5e-8e0b-2c9d3a7f1e65";
const secondId = "6c7ae0d4-2ad3-4bd5-8c61-0b2f53a3e5f7";

/** How to run a workflow, and what to expect. */
export interface Run {
  inputs: Record<string, string>;
  /** Prepares Partner Center for the workflow. */
  before?: (mock: Mock) => void;
  /** The calls in order, with equal consecutive ones listed once. */
  attempts: string[];
  /** Checks what a workflow cannot express. */
  after?: (attempts: Attempt[]) => void;
}

export const runs: Record<string, Run> = {
  "education-approved": {
    inputs: { customerId: school, requestId: firstId },
    attempts: [
      "request-education 201",
      "wait-for-approval 200, to be repeated",
      "wait-for-approval 200",
    ],
  },
  "education-denied-and-asked-again": {
    inputs: { customerId: denied, firstRequestId: firstId, secondRequestId: secondId },
    attempts: [
      "request-education 201",
      "wait-for-denial 200, to be repeated",
      "wait-for-denial 200",
      "ask-again 201",
    ],
  },
  "government-with-validation-code": {
    inputs: { customerId: school, requestId: firstId },
    attempts: ["find-code 200", "request-government 201", "see-approved 200", "see-uses-left 200"],
    after: (attempts) => {
      const before = usesLeft(attempts.at(0)) ?? Number.NaN;
      equal(usesLeft(attempts.at(-1)), before - 1);
    },
  },
  "state-owned-entity-beside-education": {
    inputs: {
      customerId: school,
      educationRequestId: firstId,
      stateOwnedEntityRequestId: secondId,
    },
    attempts: ["request-education 201", "request-state-owned-entity 201", "see-both 200"],
  },
  "throttled-and-continued": {
    inputs: { customerId: school, requestId: firstId },
    before: (mock) => mock.failNext(429),
    attempts: [
      "request-education 429, to be repeated",
      "request-education 201",
      "see-in-review 200",
    ],
    after: ([throttled, repeated]) => {
      for (const attempt of [throttled, repeated]) {
        equal(attempt?.response.headers["ms-requestid"], firstId);
      }
    },
  },
};

/** Returns the remaining uses of the first validation code in a response. */
function usesLeft(attempt: Attempt | undefined): number | undefined {
  const codes = attempt?.response.body as [{ remainingCreates: number }] | undefined;
  return codes?.[0].remainingCreates;
}
