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
  "simulator/numbers: 50 is 51 @ src/refuse-violations.ts: enum ${String(value).slice(0, 50)}. ${first.message}`, places); } return refus":
    {
      is: "survivor",
      why: "of a value that cannot be parsed one letter more is quoted, in a text that is meant for people and whose wording the contract leaves free.",
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
