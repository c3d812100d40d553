import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import {
  AbortedError,
  type CallOptions,
  type CustomerQualification,
  InvalidRequestError,
  PartnerCenterError,
  type PollInterval,
  type Progress,
  type QualificationRequest,
  type QualificationsClient,
  type Vetting,
} from "@partner-qualifications/client";
import type { Review, ReviewEvent } from "../shared/messages.ts";
import { supportOf } from "./failure.ts";
import type { Live } from "./live.ts";
import type { ReviewStore, StoredReview } from "./review-store.ts";
import type { ServiceClock } from "./service-clock.ts";

/** A review that cannot be polled for weeks would have a long story. */
const mostEvents = 50;
/** The pause before a request without an outcome is sent again, in milliseconds. */
const pauseMs = 10_000;

interface Kept extends StoredReview {
  change: number;
  stop: AbortController;
  /** The attempt under way. */
  attempt?: Promise<CustomerQualification> | undefined;
  /** Whether an earlier attempt may have reached Partner Center. */
  isRepeated: boolean;
}

export interface ReviewsOptions {
  client: QualificationsClient;
  store: ReviewStore;
  live: Live;
  clock: ServiceClock;
  interval: PollInterval;
}

/**
 * Requests qualifications, each once, and follows their reviews with one poll each, however many
 * browsers watch. A request is stored before it is sent. What is under way when the process ends, the
 * next process finishes.
 */
export class Reviews {
  readonly #options: ReviewsOptions;
  readonly #kept = new Map<string, Kept>();

  constructor(options: ReviewsOptions) {
    this.#options = options;
    options.live.addTopic("reviews", (change) =>
      [...this.#kept.values()].filter((one) => one.change > change).map(({ review }) => review),
    );
  }

  /** @throws {InvalidRequestError} If a stored token is invalid. */
  load(stored: StoredReview[]): void {
    for (const one of stored) {
      if (one.token !== undefined) this.#options.client.qualifications.resume(one.token);
      this.#keep({ ...one, isRepeated: true });
    }
  }

  /** Continues with what was loaded. */
  resume(): void {
    for (const kept of this.#kept.values()) {
      if (kept.review.state === "sending") void this.#finish(kept);
      if (kept.review.state !== "following" || kept.token === undefined) continue;
      void this.#poll(kept, this.#options.client.qualifications.resume(kept.token), "restarted");
    }
  }

  /**
   * Sends a request. A repeated or second click joins the request under way, and a request that comes
   * again after its end gets its result.
   *
   * @throws {PartnerCenterError} What `qualifications.request` throws.
   * @throws {Error} If the request cannot be stored. Then it is not sent.
   */
  async request(
    customerId: string,
    body: QualificationRequest,
    { requestId = randomUUID(), correlationId }: CallOptions = {},
  ): Promise<CustomerQualification> {
    const { qualification } = body;
    const known = this.#kept.get(keyOf({ customerId, qualification }));
    const before = known?.review.state === "dropped" ? undefined : known;
    if (before?.review.state === "sending") {
      if (JSON.stringify(before.body) === JSON.stringify(body)) return this.#attempt(before);
      throw new InvalidRequestError("qualification", "is being requested with other values");
    }
    if (before?.review.requestId === requestId) return before.review.item ?? { qualification };
    const { customerName, timeline = [] } = before?.review ?? {};
    const review = { customerId, customerName, qualification, requestId, polls: 0, timeline };
    const sentAt = Date.parse(this.#options.clock.now());
    const kept = this.#keep({
      review: { ...review, state: "sending" },
      body,
      sentAt,
      isRepeated: false,
    });
    return this.#attempt(kept, before, correlationId);
  }

  /** No longer follows a review, which continues without. */
  async stop(customerId: string, qualification: string): Promise<void> {
    const kept = this.#kept.get(keyOf({ customerId, qualification }));
    if (!kept || kept.review.state === "sending") return;
    kept.stop.abort();
    this.#set(kept, { state: "dropped" });
    await this.#saveOrLog();
  }

  /** Ends all requests and polls. They stay stored. */
  async close(): Promise<void> {
    for (const { stop } of this.#kept.values()) stop.abort();
    await this.#saveOrLog();
  }

  #attempt(kept: Kept, before?: Kept, correlationId?: string): Promise<CustomerQualification> {
    kept.attempt ??= this.#send(kept, before, correlationId).finally(() => {
      kept.attempt = undefined;
    });
    return kept.attempt;
  }

  async #send(kept: Kept, before: Kept | undefined, correlationId: string | undefined) {
    const { customerId, requestId } = kept.review;
    const { signal } = kept.stop;
    if (!kept.isRepeated) await this.#storeFirst(kept, before);
    try {
      // The browser may disconnect meanwhile: the request continues, and its review is followed.
      const vetting = await this.#options.client.qualifications.request(customerId, kept.body, {
        requestId,
        // The same after a restart, so that the audit record of the first attempt is found.
        correlationId: correlationId ?? requestId,
        signal,
        ...(kept.isRepeated && { sentAt: kept.sentAt }),
      });
      before?.stop.abort();
      kept.token = String(vetting);
      const { item, write } = vetting;
      const what = write === "alreadyPresent" ? "found" : "requested";
      const event = { what, status: item?.vettingStatus, at: item?.vettingCreateDate } as const;
      this.#set(kept, { state: "following", item, problem: undefined }, event);
      await this.#saveOrLog();
      void this.#poll(kept, vetting);
      return item ?? { qualification: vetting.qualification };
    } catch (error) {
      const { write, continuation } = error as Partial<PartnerCenterError>;
      const isOpen = signal.aborted || kept.isRepeated || write === "unknown";
      if (isOpen && !isDecided(error)) {
        kept.sentAt = continuation?.sentAt ?? kept.sentAt;
        this.#set(kept, { problem: supportOf(error) });
        if (!kept.isRepeated) void wait(pauseMs).then(() => this.#finish(kept));
        kept.isRepeated = true;
      } else {
        this.#forget(kept, before);
      }
      await this.#saveOrLog();
      throw error;
    }
  }

  async #storeFirst(kept: Kept, before: Kept | undefined): Promise<void> {
    await this.#save().catch((cause: Error) => {
      this.#forget(kept, before);
      const message = `The request was not sent, because it cannot be stored: ${cause.message}`;
      throw new Error(message, { cause });
    });
  }

  /** Sends a request again, under its own identifier, until Partner Center decides on it. */
  async #finish(kept: Kept): Promise<void> {
    const { signal } = kept.stop;
    while (!signal.aborted && kept.review.state === "sending") {
      try {
        await this.#attempt(kept);
      } catch (error) {
        if (isDecided(error)) {
          console.error(`The request ${kept.review.requestId} was refused: ${String(error)}`);
          return;
        }
        await wait(pauseMs, undefined, { signal, ref: false }).catch(() => {});
      }
    }
  }

  async #poll(kept: Kept, vetting: Vetting, first?: "restarted"): Promise<void> {
    const { interval, client } = this.#options;
    const { signal } = kept.stop;
    const { customerId } = vetting;
    if (kept.review.customerName === undefined) {
      void client.customers.get(customerId).then(
        ({ companyProfile }) => this.#set(kept, { customerName: companyProfile.companyName }),
        () => {},
      );
    }
    let what = first;
    while (!signal.aborted) {
      try {
        for await (const progress of vetting.states({ signal, interval })) {
          await this.#polled(kept, progress, what);
          if (!progress.error) what = undefined;
        }
        return;
      } catch (error) {
        if (signal.aborted || error instanceof AbortedError) return;
        // The client gives up here, but a credential can be renewed and a relationship restored.
        await this.#troubled(kept, error);
        await wait((interval.initialMs ?? 60_000) * 3, undefined, { signal }).catch(() => {});
      }
    }
  }

  async #polled(kept: Kept, progress: Progress, first: "restarted" | undefined) {
    const { item, status, outcome, error } = progress;
    if (error) return this.#troubled(kept, error);
    const { review } = kept;
    const last = review.timeline.findLast(({ what }) =>
      ["requested", "found", "changed"].includes(what),
    );
    const events: NewEvent[] = [];
    if (first) events.push({ what: first });
    else if (review.problem) events.push({ what: "recovered" });
    if (item !== undefined && status !== last?.status) {
      events.push({ what: "changed", status, reason: item.vettingReason });
    }
    const news: Partial<Review> = {
      polls: review.polls + 1,
      polledAt: this.#options.clock.now(),
      problem: undefined,
      ...(item && { item }),
      ...(outcome && { state: "ended" }),
    };
    this.#set(kept, news, ...events);
    if (events.length > 0 || outcome) await this.#saveOrLog();
  }

  async #troubled(kept: Kept, error: unknown): Promise<void> {
    const { problem: before, polls } = kept.review;
    const problem = supportOf(error);
    const events: NewEvent[] = before ? [] : [{ what: "trouble", reason: problem.message }];
    this.#set(kept, { problem, polls: polls + 1 }, ...events);
    if (!before) await this.#saveOrLog();
  }

  #keep(one: StoredReview & { isRepeated: boolean }): Kept {
    const kept = { ...one, change: this.#options.live.next(), stop: new AbortController() };
    this.#kept.set(keyOf(kept.review), kept);
    return kept;
  }

  /** Removes a request that was refused or never sent. The review before it stands again. */
  #forget(kept: Kept, before: Kept | undefined): void {
    this.#set(kept, { state: "dropped" });
    if (before) this.#kept.set(keyOf(before.review), before);
    if (before) before.change = this.#options.live.next();
  }

  #set(kept: Kept, news: Partial<Review>, ...events: NewEvent[]): void {
    const timeline = [...kept.review.timeline];
    for (const event of events) {
      // A story goes forward, also where two clocks differ by a second.
      const at = event.at ?? this.#options.clock.now();
      const last = timeline.at(-1)?.at ?? at;
      timeline.push({ ...event, at: Date.parse(at) < Date.parse(last) ? last : at });
    }
    kept.review = { ...kept.review, ...news, timeline: timeline.slice(-mostEvents) };
    kept.change = this.#options.live.next();
  }

  #save(): Promise<void> {
    const all = [...this.#kept.values()].filter(({ review }) => review.state !== "dropped");
    return this.#options.store.save(
      all.map(({ review, body, sentAt, token }) => ({ review, body, sentAt, token })),
    );
  }

  /** A full disk neither fails an accepted request nor ends the polling. */
  #saveOrLog(): Promise<void> {
    return this.#save().catch((error: Error) => {
      console.error(`The reviews cannot be stored: ${error.message}`);
    });
  }
}

type NewEvent = Omit<ReviewEvent, "at"> & { at?: string | undefined };

function keyOf({ customerId, qualification }: { customerId: string; qualification: string }) {
  return `${customerId.toLowerCase()} ${qualification}`;
}

/** Whether Partner Center, or the client before it, refused for good. A credential can be renewed. */
function isDecided(error: unknown): boolean {
  if (error instanceof InvalidRequestError) return true;
  const { status = 0 } = error instanceof PartnerCenterError ? error : {};
  return status >= 400 && status < 500 && ![401, 408, 429].includes(status);
}
