import { type Outcome, refuse } from "./outcome.ts";

/** The only partner of this Partner Center. */
export const partnerId = "9daaeb1c-4195-4db5-9f1d-509eb70c8c2d";

export interface ValidationCode {
  partnerId: string;
  organizationName: string;
  validationId: string;
  maxCreates: number;
  remainingCreates: number;
  eTag: string;
}

/** The partner's codes for Government Community Cloud, and their remaining uses. */
export class ValidationCodes {
  readonly #codes: ValidationCode[];

  constructor(
    codes: ValidationCode[] = [validationCode("12345", 5, 4), validationCode("67890", 1, 0)],
  ) {
    this.#codes = codes.map((code) => ({ ...code }));
  }

  list(): ValidationCode[] {
    return this.#codes.map((code) => ({ ...code }));
  }

  /** Uses a code once, or rejects it (A5, A9). */
  use(
    inBody: string | undefined,
    inQuery: string | undefined,
    allExhausted = false,
  ): Outcome | undefined {
    if (inBody !== undefined && inQuery !== undefined && inBody !== inQuery) {
      return invalid("differs from the query's code");
    }
    const wanted = inBody ?? inQuery;
    if (wanted === undefined)
      return invalid("is missing; send it in the body, or as code in the query");
    const code = this.#codes.find(({ validationId }) => validationId === wanted);
    if (!code) return invalid("is unknown");
    if (code.remainingCreates === 0 || allExhausted) return invalid("is exhausted");
    code.remainingCreates--;
    return undefined;
  }
}

export function validationCode(
  validationId: string,
  maxCreates: number,
  remainingCreates: number,
): ValidationCode {
  return {
    partnerId,
    organizationName: "Contoso, Inc.",
    validationId,
    maxCreates,
    remainingCreates,
    eTag: "W/\"datetime'2018-10-10T18%3A49%3A58.727348Z'\"",
  };
}

function invalid(why: string): Outcome {
  return refuse(400, "3000", `Invalid property: validationCode ${why}`);
}
