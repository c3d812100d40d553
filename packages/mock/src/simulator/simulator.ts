import type { Clock } from "./clock.ts";
import { conflictOf } from "./conflict.ts";
import type { CustomerBehaviour } from "./customer-behaviour.ts";
import { type Refusal, refusal } from "./outcome.ts";
import { type Qualification, type Vetting, decisionOf, startVetting } from "./vetting.ts";
import { type ValidationCode, ValidationCodes } from "./validation-codes.ts";

// Partner Center with a memory, and without HTTP. It never waits: what a vetting has come to is
// computed from the clock whenever somebody looks.

export interface QualificationRequest {
  qualification: Qualification;
  validationCode?: string;
}

export interface CustomerQualification {
  qualification: string;
  vettingStatus?: "InReview" | "Approved" | "Denied";
  vettingReason?: string;
  vettingCreateDate?: string;
}

/** A qualification as it is remembered. */
interface Held {
  qualification: Qualification;
  vetting?: Vetting;
}

export interface SimulatorOptions {
  clock: Clock;
  /** When a vetting that begins at `start` comes to its end, in milliseconds. */
  vettingEnds: (start: number) => number;
  /** What a customer stands for; nothing, for an ordinary one. */
  behaviourOf: (customerId: string) => CustomerBehaviour;
  codes?: ValidationCode[] | undefined;
}

export class Simulator {
  readonly #clock: Clock;
  readonly #vettingEnds: SimulatorOptions["vettingEnds"];
  readonly #behaviourOf: SimulatorOptions["behaviourOf"];
  readonly #customers = new Map<string, Held[]>();
  /** Only of those who asked more than once: the others' one request is what they hold. */
  readonly #educationRequests = new Map<string, number>();
  readonly #codes: ValidationCodes;

  constructor({ clock, vettingEnds, behaviourOf, codes }: SimulatorOptions) {
    this.#clock = clock;
    this.#vettingEnds = vettingEnds;
    this.#behaviourOf = behaviourOf;
    this.#codes = new ValidationCodes(codes);
  }

  /** Why nothing about the customer may be read, or changed. */
  refusalOf(customerId: string, isWrite: boolean): Refusal | undefined {
    const refused = this.#behaviourOf(customerId).refusal;
    if (!refused || (refused.only === "writes" && !isWrite)) return undefined;
    return refusal(refused.status, refused.code, refused.description);
  }

  /** What the customer stands for has changed: what is still in review comes to that. */
  reconsider(customerId: string): void {
    for (const { vetting } of this.#customers.get(customerId) ?? []) {
      if (vetting?.created === undefined) continue;
      if (this.#clock.milliseconds >= (vetting.ends ?? 0)) continue;
      const again = startVetting(
        vetting.created,
        this.#vettingEnds(vetting.created),
        this.#behaviourOf(customerId),
      );
      delete vetting.denial;
      delete vetting.revoked;
      Object.assign(vetting, again);
    }
  }

  listQualifications(customerId: string): CustomerQualification[] {
    return this.#heldBy(customerId).map((held) => this.#show(held));
  }

  requestQualification(
    customerId: string,
    request: QualificationRequest,
    queryCode: string | undefined,
  ): CustomerQualification | Refusal {
    const { qualification } = request;
    const refused =
      this.#conflict(customerId, qualification) ??
      this.#code(customerId, qualification, request.validationCode, queryCode);
    if (refused) return refused;

    const held: Held = { qualification };
    const now = this.#clock.milliseconds;
    if (qualification === "Education") {
      held.vetting = startVetting(now, this.#vettingEnds(now), this.#behaviourOf(customerId));
    }
    // A10
    if (qualification === "GovernmentCommunityCloud") held.vetting = startVetting(now, now);
    this.#hold(customerId, held);
    return this.#show(held);
  }

  getValidationStatus(customerId: string): object {
    const status = this.#behaviourOf(customerId).accountStatus ?? "Allowed";
    return { type: "account", status, lastUpdateDateTime: "" };
  }

  /** A21: the retired call knows one qualification, and none that is still in review. */
  getLegacyQualification(customerId: string): string {
    const approved = this.#heldBy(customerId).find(
      (held) => this.#show(held).vettingStatus === "Approved",
    );
    return approved?.qualification.toLowerCase() ?? "none";
  }

  /** A21: the retired call decides at once. */
  setLegacyQualification(
    customerId: string,
    wanted: string | number,
    code: string | undefined,
  ): string | Refusal {
    const isEducation = wanted === 1 || String(wanted).toLowerCase() === "education";
    const qualification = isEducation ? "Education" : "GovernmentCommunityCloud";
    if (isEducation && this.#behaviourOf(customerId).education === "denied") {
      return { status: 400, body: "Customer tagging denied." };
    }
    const refused =
      this.#conflict(customerId, qualification) ??
      this.#code(customerId, qualification, undefined, code);
    if (refused) return refused;
    const now = this.#clock.milliseconds;
    this.#hold(customerId, { qualification, vetting: startVetting(now, now) });
    return qualification.toLowerCase();
  }

  listValidationCodes(): ValidationCode[] {
    return this.#codes.list();
  }

  #heldBy(customerId: string): Held[] {
    const held = this.#customers.get(customerId);
    if (held) return held;
    return (this.#behaviourOf(customerId).holds ?? []).map((qualification) =>
      qualification === "StateOwnedEntity"
        ? { qualification }
        : { qualification, vetting: { ends: Number.NEGATIVE_INFINITY } },
    );
  }

  /** A new request takes the place of a denied one. */
  #hold(customerId: string, held: Held): void {
    const { qualification } = held;
    const before = this.#heldBy(customerId);
    const others = before.filter((other) => other.qualification !== qualification);
    if (others.length < before.length) {
      this.#educationRequests.set(customerId, this.#educationRequestsOf(customerId) + 1);
    }
    this.#customers.set(customerId, [...others, held]);
  }

  #educationRequestsOf(customerId: string): number {
    return this.#educationRequests.get(customerId) ?? 1;
  }

  #show({ qualification, vetting }: Held): CustomerQualification {
    if (!vetting) return { qualification };
    return { qualification, ...decisionOf(vetting, this.#clock.milliseconds) };
  }

  #conflict(customerId: string, wanted: Qualification): Refusal | undefined {
    const requests = this.#educationRequestsOf(customerId);
    return conflictOf(this.listQualifications(customerId), requests, wanted);
  }

  /** Uses the validation code that government needs, and others do not. */
  #code(
    customerId: string,
    wanted: Qualification,
    inBody: string | undefined,
    inQuery: string | undefined,
  ): Refusal | undefined {
    if (wanted !== "GovernmentCommunityCloud") return undefined;
    const usedUp = this.#behaviourOf(customerId).validationCodesUsedUp;
    return this.#codes.use(inBody, inQuery, usedUp);
  }
}
