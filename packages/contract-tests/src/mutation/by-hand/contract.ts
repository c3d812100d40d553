import { changed } from "../by-rule/contract-rules.ts";
import type { Mutant } from "../mutant.ts";

const qualifications = ["paths", "/v1/customers/{customer_id}/qualifications"];
const retry = (...keys: string[]) => [...qualifications, "get", "x-retry", ...keys];

/** What could be written wrongly in the contract without making it any less of a contract. */
export function handMadeContractMutants(file: string): Mutant[] {
  const plant = (defect: string, keys: string[], value: unknown): Mutant => ({
    id: `contract/hand: ${defect}`,
    part: "contract",
    by: "hand",
    defect,
    place: keys.join(" › "),
    file,
    patch: (text) => changed(text, keys, value, defect),
  });
  return [
    plant("a call is sent once more", retry("maxAttempts"), 5),
    plant("a refused request is sent again", retry("statuses", "0"), 409),
    plant(
      "a token for an application alone may ask for a qualification",
      [...qualifications, "post", "security"],
      [{ appUser: [] }, { appOnly: [] }],
    ),
    plant(
      "a state-owned entity cannot be asked for",
      ["components", "schemas", "CustomerQualificationRequest", "oneOf", "2"],
      undefined,
    ),
    plant(
      "Retry-After is at most ten",
      ["components", "headers", "Retry-After", "schema", "maximum"],
      10,
    ),
    plant(
      "a description has ten letters at most",
      ["components", "schemas", "ApiFault", "properties", "description", "maxLength"],
      10,
    ),
  ];
}
