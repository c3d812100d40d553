import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import {
  type CallOptions,
  type CustomerQualification,
  InvalidRequestError,
  PartnerCenterError,
  type QualificationRequest,
  type QualificationsClient,
} from "@partner-qualifications/client";
import type { Follower } from "./follower.ts";
import type { OpenRequest, VettingStore } from "./vetting-store.ts";

/** How long a request of an earlier process rests when Partner Center does not decide on it. */
const restMs = 10_000;

export interface RequestsOptions {
  client: QualificationsClient;
  follower: Follower;
  store: VettingStore;
}

/**
 * Requests qualifications, each once: a second click joins the first, and a request that comes again
 * because its answer was lost gets what became of it. A request is stored before it is sent; the next
 * process finishes what this one could not.
 */
export class Requests {
  readonly #options: RequestsOptions;
  readonly #underWay = new Map<string, Promise<CustomerQualification>>();
  /** Those without an outcome, as they are stored. */
  readonly #open = new Map<string, OpenRequest>();
  readonly #closing = new AbortController();

  constructor(options: RequestsOptions) {
    this.#options = options;
  }

  /** Reads what an earlier process left without an outcome. Call it after the follower has loaded. */
  load(requests: OpenRequest[]): void {
    for (const request of requests) {
      const { customerId, requestId } = request;
      const isFollowed = this.#options.follower.find(customerId, requestId) !== undefined;
      if (!isFollowed) this.#open.set(keyOf(request), request);
    }
  }

  /** Goes on with what was loaded. */
  resume(): void {
    for (const request of this.#open.values()) void this.#finish(request);
  }

  /**
   * Sends a request, or joins it when it is under way.
   *
   * @throws {PartnerCenterError} What `qualifications.request` throws.
   * @throws {Error} When the request cannot be stored; then it is not sent.
   */
  send(
    customerId: string,
    body: QualificationRequest,
    { requestId = randomUUID(), correlationId }: CallOptions = {},
  ): Promise<CustomerQualification> {
    const known = this.#options.follower.find(customerId, requestId);
    if (known?.qualification === body.qualification) {
      return Promise.resolve(known.item ?? { qualification: known.qualification });
    }
    const request = { customerId, requestId, body, sentAt: Date.now() };
    const key = keyOf(request);
    const running =
      this.#underWay.get(key) ??
      this.#send(request, correlationId).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, running);
    return running;
  }

  /** Ends what is under way. It stays stored. */
  close(): void {
    this.#closing.abort();
  }

  async #send(request: OpenRequest, correlationId: string | undefined) {
    const { client, follower } = this.#options;
    const { customerId, requestId, body } = request;
    const before = this.#open.get(keyOf(request));
    if (!before) await this.#keep(request);
    try {
      // The browser may go away meanwhile: the request goes on, and is followed.
      const vetting = await client.qualifications.request(customerId, body, {
        requestId,
        correlationId,
        sentAt: before?.sentAt,
        signal: this.#closing.signal,
      });
      await follower.follow(vetting);
      await this.#forget(request);
      return vetting.item ?? { qualification: vetting.qualification };
    } catch (error) {
      const { write, continuation } = error as Partial<PartnerCenterError>;
      const isOpen = (before !== undefined || write === "unknown") && !isDecided(error);
      if (isOpen) await this.#keep({ ...request, ...before, ...continuation });
      else await this.#forget(request);
      throw error;
    }
  }

  /** Sends a request of an earlier process until Partner Center decides on it. */
  async #finish({ customerId, requestId, body }: OpenRequest): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      try {
        await this.send(customerId, body, { requestId });
        return;
      } catch (error) {
        if (isDecided(error)) {
          console.error(`The request ${requestId} of before the restart failed: ${String(error)}`);
          return;
        }
        await wait(restMs, undefined, { signal }).catch(() => {});
      }
    }
  }

  async #keep(request: OpenRequest): Promise<void> {
    this.#open.set(keyOf(request), request);
    await this.#save().catch((error: Error) => {
      this.#open.delete(keyOf(request));
      throw new Error(`The request was not sent, because it cannot be stored: ${error.message}`);
    });
  }

  async #forget(request: OpenRequest): Promise<void> {
    this.#open.delete(keyOf(request));
    // Left in the file, it is found among the vettings, or sent again as the same one.
    await this.#save().catch(() => {});
  }

  #save(): Promise<void> {
    return this.#options.store.save({ requests: [...this.#open.values()] });
  }
}

function keyOf({ customerId, requestId, body }: OpenRequest): string {
  return JSON.stringify([customerId, requestId, body]);
}

/** Whether Partner Center, or the client before it, refused for good. A credential can be renewed. */
function isDecided(error: unknown): boolean {
  if (error instanceof InvalidRequestError) return true;
  const { status = 0 } = error instanceof PartnerCenterError ? error : {};
  return status >= 400 && status < 500 && ![401, 408, 429].includes(status);
}
