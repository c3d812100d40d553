import type { Clock } from "./clock.ts";
import { fault, type Fault } from "./fault.ts";
import { behaviourOf } from "./test-customers.ts";

// Partner Center with a memory, and without HTTP. It never waits: what a vetting has come to is
// computed from the clock whenever somebody looks.

/** The one partner whose Partner Center this is. */
export const partnerId = "9daaeb1c-4195-4db5-9f1d-509eb70c8c2d";

export interface QualificationRequest {
  qualification: "Education" | "GovernmentCommunityCloud" | "StateOwnedEntity";
  validationCode?: string;
}

export interface CustomerQualification {
  qualification: string;
  vettingStatus?: "InReview" | "Approved" | "Denied";
  vettingReason?: string;
  vettingCreateDate?: string;
}

export interface ValidationCode {
  partnerId: string;
  organizationName: string;
  validationId: string;
  maxCreates: number;
  remainingCreates: number;
  eTag: string;
}

/** A qualification as it is remembered: when the vetting began, and when and how it ends. */
interface Held {
  qualification: QualificationRequest["qualification"];
  vetting?: { created: Date; ends: Date; denial?: string };
}

export interface SimulatorOptions {
  clock: Clock;
  /** When a vetting that begins at `start` comes to its end. */
  vettingEnds: (start: Date) => Date;
}

export class Simulator {
  readonly #clock: Clock;
  readonly #vettingEnds: (start: Date) => Date;
  readonly #customers = new Map<string, Held[]>();
  readonly #codes = firstCodes();

  constructor({ clock, vettingEnds }: SimulatorOptions) {
    this.#clock = clock;
    this.#vettingEnds = vettingEnds;
  }

  listQualifications(customerId: string): CustomerQualification[] | Fault {
    const { refusal } = behaviourOf(customerId);
    return refusal ?? this.#heldBy(customerId).map((held) => this.#show(held));
  }

  requestQualification(
    customerId: string,
    request: QualificationRequest,
    queryCode: string | undefined,
  ): CustomerQualification | Fault {
    const { refusal, denial } = behaviourOf(customerId);
    if (refusal) return refusal;

    const conflict = this.#conflict(customerId, request.qualification);
    if (conflict) return conflict;

    const now = this.#clock.now();
    const held: Held = { qualification: request.qualification };
    if (request.qualification === "Education") {
      held.vetting = { created: now, ends: this.#vettingEnds(now), ...(denial && { denial }) };
    }
    if (request.qualification === "GovernmentCommunityCloud") {
      const refused = this.#useCode(request.validationCode, queryCode);
      if (refused) return refused;
      held.vetting = { created: now, ends: now }; // A10
    }
    this.#hold(customerId, held);
    return this.#show(held);
  }

  /** The account's review is a matter of its own, and is over for every customer here. */
  getValidationStatus(customerId: string): object | Fault {
    const { refusal } = behaviourOf(customerId);
    return refusal ?? { type: "account", status: "Allowed", lastUpdateDateTime: "" };
  }

  /** A21: the retired call knows one qualification, and none that is still in review. */
  getLegacyQualification(customerId: string): string | Fault {
    const { refusal } = behaviourOf(customerId);
    const approved = this.#heldBy(customerId).find(
      (held) => this.#show(held).vettingStatus === "Approved",
    );
    return refusal ?? approved?.qualification.toLowerCase() ?? "none";
  }

  /** A21: the retired call decides at once. */
  setLegacyQualification(
    customerId: string,
    wanted: string | number,
    code: string | undefined,
  ): string | Fault {
    const { refusal, denial } = behaviourOf(customerId);
    if (refusal) return refusal;
    const isEducation = wanted === 1 || String(wanted).toLowerCase() === "education";
    const qualification = isEducation ? "Education" : "GovernmentCommunityCloud";
    if (isEducation && denial) return { status: 400, body: "Customer tagging denied." };
    const refused =
      this.#conflict(customerId, qualification) ??
      (isEducation ? undefined : this.#useCode(undefined, code));
    if (refused) return refused;
    const now = this.#clock.now();
    this.#hold(customerId, { qualification, vetting: { created: now, ends: now } });
    return qualification.toLowerCase();
  }

  listValidationCodes(): ValidationCode[] {
    return this.#codes.map((code) => ({ ...code }));
  }

  #heldBy(customerId: string): Held[] {
    return this.#customers.get(customerId) ?? [];
  }

  /** A new request takes the place of a denied one. */
  #hold(customerId: string, held: Held): void {
    const others = this.#heldBy(customerId).filter(
      ({ qualification }) => qualification !== held.qualification,
    );
    this.#customers.set(customerId, [...others, held]);
  }

  #show({ qualification, vetting }: Held): CustomerQualification {
    if (!vetting) return { qualification };
    const vettingCreateDate = vetting.created.toISOString().replace(".000Z", "Z");
    if (this.#clock.now() < vetting.ends) {
      return { qualification, vettingStatus: "InReview", vettingCreateDate };
    }
    if (vetting.denial === undefined) {
      return { qualification, vettingStatus: "Approved", vettingCreateDate };
    }
    return {
      qualification,
      vettingStatus: "Denied",
      vettingReason: vetting.denial,
      vettingCreateDate,
    };
  }

  /** A7 and A8: what stands in the way of another request. A denial does not. */
  #conflict(customerId: string, wanted: Held["qualification"]): Fault | undefined {
    const standing = this.#heldBy(customerId)
      .filter((held) => this.#show(held).vettingStatus !== "Denied")
      .map(({ qualification }) => qualification);
    if (standing.includes(wanted)) {
      return fault(409, "800002", `The customer already has the qualification ${wanted}.`);
    }
    const excluded = wanted === "Education" ? "GovernmentCommunityCloud" : "Education";
    if (wanted !== "StateOwnedEntity" && standing.includes(excluded)) {
      return fault(409, "800002", `${wanted} cannot be combined with ${excluded}.`);
    }
    return undefined;
  }

  /** A5 and A9. */
  #useCode(inBody: string | undefined, inQuery: string | undefined): Fault | undefined {
    if (inBody !== undefined && inQuery !== undefined && inBody !== inQuery) {
      return fault(400, "3000", "Invalid property: validationCode differs from the query's code");
    }
    const wanted = inBody ?? inQuery;
    if (wanted === undefined)
      return fault(400, "3000", "Invalid property: validationCode is missing");
    const code = this.#codes.find(({ validationId }) => validationId === wanted);
    if (!code) return fault(400, "3000", "Invalid property: validationCode is unknown");
    if (code.remainingCreates === 0) {
      return fault(400, "3000", "Invalid property: validationCode is used up");
    }
    code.remainingCreates--;
    return undefined;
  }
}

function firstCodes(): ValidationCode[] {
  const common = {
    partnerId,
    organizationName: "Contoso, Inc.",
    eTag: "W/\"datetime'2018-10-10T18%3A49%3A58.727348Z'\"",
  };
  return [
    { ...common, validationId: "12345", maxCreates: 5, remainingCreates: 4 },
    { ...common, validationId: "67890", maxCreates: 1, remainingCreates: 0 },
  ];
}
