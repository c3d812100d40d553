import { checkGuid, checkPositive } from "../check.ts";
import type { CallOptions, WriteOptions } from "../pipeline/call.ts";
import { warn } from "../pipeline/observe.ts";
import type { Send } from "../pipeline/send.ts";
import type { Hooks } from "../hooks.ts";
import type { Runtime } from "../runtime.ts";
import { checkRequest, type QualificationRequest } from "../vetting/qualification-request.ts";
import { readResumeToken } from "../vetting/resume-token.ts";
import { sendRequest } from "../vetting/send-request.ts";
import { Vetting } from "../vetting/vetting.ts";
import {
  type CustomerQualification,
  readQualifications,
  type ReadList,
} from "../answers/read-qualification.ts";
import { unwrap, type UnwrapOptions } from "../answers/unwrap.ts";

export interface QualificationsWorld {
  runtime: Runtime;
  hooks: Hooks | undefined;
  /** The host of the base address. */
  host: string;
}

/** What a customer is recognized as, and asking for more. */
export class Qualifications {
  readonly #send: Send;
  readonly #options: UnwrapOptions;
  readonly #world: QualificationsWorld;

  constructor(send: Send, options: UnwrapOptions, world: QualificationsWorld) {
    this.#send = send;
    this.#options = options;
    this.#world = world;
  }

  /**
   * What the customer is recognized as, or is being vetted for. Members that cannot be read are left out,
   * and told to the hook `warning`.
   *
   * @param customerId The customer's Microsoft tenant id, a GUID.
   * @returns The qualifications; empty for a customer without one.
   * @throws {PartnerCenterError}
   */
  async list(customerId: string, call: CallOptions = {}): Promise<CustomerQualification[]> {
    return (await this.#list(customerId, call)).items;
  }

  /**
   * Asks for a qualification. The service answers only that the request was taken; the handle that
   * comes back follows the vetting, which takes days.
   *
   * An answer that was lost is not guessed at: the same request goes out again under the same
   * MS-RequestId, and then the list is looked at. The handle's `write` tells what was found. A request of
   * another administrator in the same half hour cannot be told from it.
   *
   * @param customerId The customer's Microsoft tenant id, a GUID.
   * @throws {ConflictError} When the customer already has it, or has one that excludes it.
   * @throws {PartnerCenterError} With `write: "unknown"` when it could not be found out whether the
   * request was taken; call again with the error's `continuation` to find out.
   * @example
   * const vetting = await client.qualifications.request(customerId, {
   *   qualification: "Education",
   *   educationSegment: "K12",
   *   website: "example.edu",
   * });
   * const outcome = await vetting.pollUntilDone();
   */
  async request(
    customerId: string,
    body: QualificationRequest,
    call: WriteOptions = {},
  ): Promise<Vetting> {
    checkGuid("customerId", customerId);
    checkRequest(body);
    const { qualification } = body;
    checkPositive("sentAt", call.sentAt);
    const send = (options: CallOptions) => {
      // Old sources have the code in the query, new ones in the body; the service gets both (C5).
      const query = "validationCode" in body ? { code: body.validationCode } : {};
      const parts = { path: { customer_id: customerId }, query, body };
      return this.#send("requestQualification", parts, options);
    };
    const sent = await sendRequest({
      qualification,
      send,
      call,
      look: (options) => this.#look(customerId, options),
      options: this.#options,
    });
    return this.#vetting({ ...sent, customerId, qualification, host: this.#world.host });
  }

  /**
   * Goes on following a vetting, perhaps in another process.
   *
   * @param token What {@link Vetting.toString} gave.
   * @throws {InvalidRequestError} When it is not such a token, was changed, or is of another host than this
   * client's.
   */
  resume(token: string): Vetting {
    return this.#vetting(readResumeToken(token, this.#world.host));
  }

  #vetting(state: ConstructorParameters<typeof Vetting>[0]): Vetting {
    const { runtime } = this.#world;
    return new Vetting(state, {
      list: (options) => this.#list(state.customerId, options),
      runtime,
    });
  }

  async #list(customerId: string, options: CallOptions): Promise<ReadList> {
    checkGuid("customerId", customerId);
    const answer = this.#look(customerId, options);
    const list = await unwrap(answer, this.#options, readQualifications);
    const { unreadable } = list;
    if (unreadable > 0)
      warn(this.#world.hooks, answer.call, `${unreadable} of the list could not be read`);
    return list;
  }

  #look(customerId: string, call: CallOptions) {
    return this.#send("listQualifications", { path: { customer_id: customerId } }, call);
  }
}
