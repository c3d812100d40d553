import type {
  CallOptions,
  CustomerQualification,
  QualificationRequest,
  QualificationsClient,
} from "@partner-qualifications/client";
import type { Follower } from "./follower.ts";

/**
 * Asks for qualifications, each request once: a second click joins the first, and a request that comes
 * again because its answer was lost gets what became of it.
 */
export class Requests {
  readonly #client: QualificationsClient;
  readonly #follower: Follower;
  readonly #underWay = new Map<string, Promise<CustomerQualification>>();

  constructor(client: QualificationsClient, follower: Follower) {
    this.#client = client;
    this.#follower = follower;
  }

  /** @throws {PartnerCenterError} What `qualifications.request` throws. */
  send(
    customerId: string,
    body: QualificationRequest,
    call: CallOptions,
  ): Promise<CustomerQualification> {
    const { requestId } = call;
    if (requestId === undefined) return this.#send(customerId, body, call);
    const known = this.#follower.find(customerId, requestId);
    if (known?.qualification === body.qualification) {
      return Promise.resolve(known.item ?? { qualification: known.qualification });
    }
    const key = JSON.stringify([customerId, requestId, body]);
    const running =
      this.#underWay.get(key) ??
      this.#send(customerId, body, call).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, running);
    return running;
  }

  async #send(customerId: string, body: QualificationRequest, call: CallOptions) {
    // The browser may go away meanwhile: the request goes on, and is followed.
    const vetting = await this.#client.qualifications.request(customerId, body, call);
    await this.#follower.follow(vetting);
    return vetting.item ?? { qualification: vetting.qualification };
  }
}
