import { checkGuid } from "../check.ts";
import type { CallOptions } from "../pipeline/call.ts";
import type { Send } from "../pipeline/send.ts";
import type { Runtime } from "../runtime.ts";
import { checkRequest, type QualificationRequest } from "../vetting/qualification-request.ts";
import { readResumeToken } from "../vetting/resume-token.ts";
import { sendRequest } from "../vetting/send-request.ts";
import { Vetting } from "../vetting/vetting.ts";
import { type CustomerQualification, readQualifications } from "./read-qualification.ts";
import { unwrap, type UnwrapOptions } from "./unwrap.ts";

/** What a customer is recognized as, and asking for more. */
export class Qualifications {
  readonly #send: Send;
  readonly #options: UnwrapOptions;
  readonly #runtime: Runtime;

  constructor(send: Send, options: UnwrapOptions, runtime: Runtime) {
    this.#send = send;
    this.#options = options;
    this.#runtime = runtime;
  }

  /**
   * What the customer is recognized as, or is being vetted for.
   *
   * @param customerId The customer's Microsoft tenant id, a GUID.
   * @returns The qualifications; empty for a customer without one.
   * @throws {PartnerCenterError}
   */
  async list(customerId: string, call: CallOptions = {}): Promise<CustomerQualification[]> {
    checkGuid("customerId", customerId);
    return unwrap(this.#look(customerId, call), this.#options, readQualifications);
  }

  /**
   * Asks for a qualification. The service answers only that the request was taken; the handle that
   * comes back follows the vetting, which takes days.
   *
   * An answer that was lost is not guessed at: the same request goes out again under the same
   * MS-RequestId, and then the list is looked at. The handle's `write` tells what was found.
   *
   * @param customerId The customer's Microsoft tenant id, a GUID.
   * @throws {ConflictError} When the customer already has it, or has one that excludes it.
   * @throws {PartnerCenterError} With `write: "unknown"` when it could not be found out whether the
   * request was taken; call again with the error's `requestId` to continue.
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
    call: CallOptions = {},
  ): Promise<Vetting> {
    checkGuid("customerId", customerId);
    checkRequest(body);
    const { qualification } = body;
    const list = (options: CallOptions) => this.list(customerId, options);
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
      runtime: this.#runtime,
    });
    return new Vetting({ ...sent, customerId, qualification }, list, this.#runtime);
  }

  /**
   * Goes on following a vetting, perhaps in another process.
   *
   * @param token What {@link Vetting.toString} gave.
   * @throws {InvalidRequestError} When it is not such a token, or was changed.
   */
  resume(token: string): Vetting {
    const state = readResumeToken(token);
    const list = (options: CallOptions) => this.list(state.customerId, options);
    return new Vetting(state, list, this.#runtime);
  }

  #look(customerId: string, call: CallOptions) {
    return this.#send("listQualifications", { path: { customer_id: customerId } }, call);
  }
}
