/** A refusal, with the status that it is answered with. */
export interface Refusal {
  status: number;
  body:
    | { code: string | number; description: string; data: string[]; source: string }
    /** As the retired call refused an ineligible customer. */
    | string;
}

/**
 * A refusal in Partner Center's own error shape.
 *
 * @param code A code of the error catalogue.
 * @param data Details, for instance the places in the request that are wrong.
 */
export function refusal(
  status: number,
  code: string | number,
  description: string,
  data: string[] = [],
): Refusal {
  return {
    status,
    body: { code, description: description.slice(0, 1024), data, source: "PartnerFD" },
  };
}

export function isRefusal(result: unknown): result is Refusal {
  return typeof result === "object" && result !== null && "status" in result && "body" in result;
}
