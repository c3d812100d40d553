import type {
  CallOptions,
  CustomerQualification,
  PartnerCenterError,
  QualificationRequest,
  QualificationsClient,
  WriteOptions,
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
  /** When each request whose outcome is not known was first sent. */
  readonly #sentAt = new Map<string, number>();

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
    const running = this.#underWay.get(key) ?? this.#continue(key, customerId, body, call);
    this.#underWay.set(key, running);
    return running;
  }

  async #continue(
    key: string,
    customerId: string,
    body: QualificationRequest,
    call: CallOptions,
  ): Promise<CustomerQualification> {
    try {
      const item = await this.#send(customerId, body, { ...call, sentAt: this.#sentAt.get(key) });
      this.#sentAt.delete(key);
      return item;
    } catch (error) {
      const { continuation } = error as Partial<PartnerCenterError>;
      if (continuation) this.#sentAt.set(key, continuation.sentAt);
      throw error;
    } finally {
      this.#underWay.delete(key);
    }
  }

  async #send(customerId: string, body: QualificationRequest, call: WriteOptions) {
    // The browser may go away meanwhile: the request goes on, and is followed.
    const vetting = await this.#client.qualifications.request(customerId, body, call);
    await this.#follower.follow(vetting);
    return vetting.item ?? { qualification: vetting.qualification };
  }
}
