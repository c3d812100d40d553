import type { Clock } from "./clock.ts";
import { refuseConflict } from "./conflict.ts";
import type { CustomerBehavior, Qualification } from "./customer-behavior.ts";
import { type Outcome, refuse } from "./outcome.ts";
import { type ValidationCode, ValidationCodes } from "./validation-codes.ts";
import { type CustomerQualification, type Vetting, startVetting, viewVetting } from "./vetting.ts";

// Partner Center with a memory. It never waits: each read computes the state of a vetting from the clock.

export interface QualificationRequest {
  qualification: Qualification;
  validationCode?: string;
}

/** A stored qualification. */
interface Held {
  qualification: Qualification;
  vetting?: Vetting;
}

export interface SimulatorOptions {
  clock: Clock;
  /** Returns when a vetting that begins at `start` ends, in milliseconds. */
  vettingEnds: (start: number) => number;
  /** Returns a customer's special behavior; empty for an ordinary one. */
  behaviorOf: (customerId: string) => CustomerBehavior;
  codes?: ValidationCode[] | undefined;
}

export class Simulator {
  readonly #clock: Clock;
  readonly #vettingEnds: SimulatorOptions["vettingEnds"];
  readonly #behaviorOf: SimulatorOptions["behaviorOf"];
  readonly #customers = new Map<string, Held[]>();
  /** Only for customers with several requests. Otherwise, the stored qualification is the one request. */
  readonly #educationRequests = new Map<string, number>();
  readonly #codes: ValidationCodes;

  constructor({ clock, vettingEnds, behaviorOf, codes }: SimulatorOptions) {
    this.#clock = clock;
    this.#vettingEnds = vettingEnds;
    this.#behaviorOf = behaviorOf;
    this.#codes = new ValidationCodes(codes);
  }

  /** Refuses a read or write if the customer's behavior says so. */
  refuseCustomer(customerId: string, isWrite: boolean): Outcome | undefined {
    const refused = this.#behaviorOf(customerId).refusal;
    if (!refused || (refused.only === "writes" && !isWrite)) return undefined;
    return refuse(refused.status, refused.code, refused.description);
  }

  /** Applies a changed behavior to the customer's vettings in review. */
  reconsider(customerId: string): void {
    for (const { vetting } of this.#customers.get(customerId) ?? []) {
      if (vetting?.created === undefined) continue;
      if (this.#clock.milliseconds >= (vetting.ends ?? 0)) continue;
      const again = startVetting(
        vetting.created,
        this.#vettingEnds(vetting.created),
        this.#behaviorOf(customerId),
      );
      delete vetting.denial;
      delete vetting.revoked;
      Object.assign(vetting, again);
    }
  }

  listQualifications(customerId: string) {
    return { status: 200, body: this.#view(customerId) } satisfies Outcome;
  }

  requestQualification(
    customerId: string,
    request: QualificationRequest,
    queryCode: string | undefined,
  ): Outcome {
    const { qualification } = request;
    const refused =
      this.#conflict(customerId, qualification) ??
      this.#code(customerId, qualification, request.validationCode, queryCode);
    if (refused) return refused;

    const held: Held = { qualification };
    const now = this.#clock.milliseconds;
    if (qualification === "Education") {
      held.vetting = startVetting(now, this.#vettingEnds(now), this.#behaviorOf(customerId));
    }
    // A10
    if (qualification === "GovernmentCommunityCloud") held.vetting = startVetting(now, now);
    this.#hold(customerId, held);
    return { status: 201, body: this.#show(held) };
  }

  getValidationStatus(customerId: string): Outcome {
    const status = this.#behaviorOf(customerId).accountStatus ?? "Allowed";
    return { status: 200, body: { type: "account", status, lastUpdateDateTime: "" } };
  }

  /** The retired call returns one qualification, and none in review (A21). */
  getLegacyQualification(customerId: string): Outcome {
    const approved = this.#view(customerId).find(
      ({ vettingStatus }) => vettingStatus === "Approved",
    );
    return { status: 200, body: approved?.qualification.toLowerCase() ?? "none" };
  }

  /** The retired call decides at once (A21). */
  setLegacyQualification(
    customerId: string,
    wanted: string | number,
    code: string | undefined,
  ): Outcome {
    const isEducation = wanted === 1 || String(wanted).toLowerCase() === "education";
    const qualification = isEducation ? "Education" : "GovernmentCommunityCloud";
    if (isEducation && this.#behaviorOf(customerId).education === "denied") {
      return { status: 400, body: "Customer tagging denied." };
    }
    const refused =
      this.#conflict(customerId, qualification) ??
      this.#code(customerId, qualification, undefined, code);
    if (refused) return refused;
    const now = this.#clock.milliseconds;
    this.#hold(customerId, { qualification, vetting: startVetting(now, now) });
    return { status: 200, body: qualification.toLowerCase() };
  }

  listValidationCodes(): Outcome {
    return { status: 200, body: this.#codes.list() };
  }

  #view(customerId: string): CustomerQualification[] {
    return this.#heldBy(customerId).map((held) => this.#show(held));
  }

  #heldBy(customerId: string): Held[] {
    const held = this.#customers.get(customerId);
    if (held) return held;
    return (this.#behaviorOf(customerId).holds ?? []).map((qualification) =>
      qualification === "StateOwnedEntity"
        ? { qualification }
        : { qualification, vetting: { ends: Number.NEGATIVE_INFINITY } },
    );
  }

  /** Stores a qualification; a new request replaces a denied one. */
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
    return { qualification, ...viewVetting(vetting, this.#clock.milliseconds) };
  }

  #conflict(customerId: string, wanted: Qualification): Outcome | undefined {
    const requests = this.#educationRequestsOf(customerId);
    return refuseConflict(this.#view(customerId), requests, wanted);
  }

  /** Uses the validation code, which only Government Community Cloud needs. */
  #code(
    customerId: string,
    wanted: Qualification,
    inBody: string | undefined,
    inQuery: string | undefined,
  ): Outcome | undefined {
    if (wanted !== "GovernmentCommunityCloud") return undefined;
    const exhausted = this.#behaviorOf(customerId).validationCodesExhausted;
    return this.#codes.use(inBody, inQuery, exhausted);
  }
}
