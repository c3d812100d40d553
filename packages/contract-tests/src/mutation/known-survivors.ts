/** Why a mutant gets by the suite. */
export interface KnownSurvivor {
  /**
   * `equivalent`: nobody outside could tell it from the original, so no test can. `survivor`: somebody
   * could, and the suite does not.
   */
  is: "equivalent" | "survivor";
  why: string;
}

/** Each mutant that is known to get by, by its id. One that no longer does is reported. */
export const knownSurvivors: Record<string, KnownSurvivor> = {
  "client/hand: ids are not encoded in the address": {
    is: "equivalent",
    why: "a method takes nothing but a GUID for an id, which is found before anything is sent, and a GUID is the same encoded. Where any text may come, in the query and in the bare client, the same defect is found.",
  },
  "simulator/comparisons: === is !== in vetting?.created === void 0 @ src/simulator/simulator.ts: if (vetting?.created === void 0) continue;":
    {
      is: "survivor",
      why: "it is about a customer whose outcome is set through the mock's own control while a review is on. The contract has no such control; the mock's tests have (control.test.ts).",
    },
  [remembered(
    "guards: forgotten: if (status === 401 || status === 408 || status === 429 || statu…)",
  )]: {
    is: "equivalent",
    why: "what is remembered is what the simulator decided, and it never decides 401, 408, 429 or 5xx: the token, the rate and the faults come before it. The guard is there for an operation that might.",
  },
  [remembered("statuses: the status 429 is 503")]: {
    is: "equivalent",
    why: "the simulator never decides 429, see above.",
  },
  [remembered("statuses: the status 500 is 501")]: {
    is: "equivalent",
    why: "the simulator never decides a 5xx, see above.",
  },
  "contract/parameter: /v1/customers/all/validations no longer has MS-PartnerCenter-Client": {
    is: "survivor",
    why: "as with X-Locale below: a contract that lets less be sent is kept by whoever does not send it.",
  },
  "simulator/statuses: the status 415 is 400 @ src/refuse-body.ts: status: 415,": {
    is: "survivor",
    why: "it is about compressed bodies, which no generator of requests makes. The mock's tests have them (encodings.test.ts).",
  },
  "contract/header: the answer PartnerCenterRouteNotFound no longer documents MS-ServerId": {
    is: "survivor",
    why: "a gateway that does not know an address answers without a server's name, so nothing misses it.",
  },
  "contract/parameter: /v1/customers no longer has X-Locale": {
    is: "survivor",
    why: "a contract that lets less be sent than the service takes is kept by the service, and by a client that does not send it. That something is missing can only be seen in the sources, to which the lint of the contract holds it.",
  },
};

/** A mutant of the line that says what is not remembered. */
function remembered(change: string): string {
  const line = "if (status === 401 || status === 408 || status === 429 || status >= 500) return;";
  return `simulator/${change} @ src/remembered-answers.ts: ${line}`;
}
