import {
  AbortedError,
  type PollInterval,
  type Progress,
  type QualificationsClient,
  type Vetting,
} from "@partner-qualifications/client";
import { setTimeout as wait } from "node:timers/promises";
import type { FollowedVetting, VettingEvent } from "../shared/messages.ts";
import type { Changes } from "./changes.ts";
import { supportOf } from "./failure.ts";
import type { StoredVetting, VettingStore } from "./vetting-store.ts";

/** The story of a vetting is short; one that cannot be looked at for weeks could make it long. */
const mostEvents = 50;

interface Followed extends StoredVetting {
  change: number;
  stop: AbortController;
}

export interface FollowerOptions {
  client: QualificationsClient;
  store: VettingStore;
  changes: Changes;
  /** How often to look; asked for each vetting anew. */
  interval: () => Promise<PollInterval>;
}

/**
 * Follows each vetting with one poll of its own, however many browsers watch it, and goes on with it
 * in the next process.
 */
export class Follower {
  readonly #options: FollowerOptions;
  readonly #followed = new Map<string, Followed>();

  constructor(options: FollowerOptions) {
    this.#options = options;
  }

  /**
   * Takes over what an earlier process followed.
   *
   * @throws {Error} When a token cannot be read.
   */
  load(stored: StoredVetting[]): void {
    const { client } = this.#options;
    for (const { token, vetting } of stored) {
      // A token that cannot be read is told before anything begins.
      client.qualifications.resume(token);
      this.#keep(token, vetting);
    }
  }

  /** Goes on with what was loaded. */
  resume(): void {
    for (const followed of this.#followed.values()) {
      if (followed.vetting.customerName === undefined) void this.#name(followed);
      if (followed.vetting.state !== "following") continue;
      const vetting = this.#options.client.qualifications.resume(followed.token);
      this.#tell(followed, {}, { what: "resumed" });
      void this.#poll(followed, vetting);
    }
  }

  /** Follows a vetting from now on. Resolves when the next process would do so too. */
  async follow(vetting: Vetting): Promise<void> {
    const { customerId, qualification, requestId, item, write } = vetting;
    const before = this.#followed.get(keyOf(vetting));
    before?.stop.abort();
    const what = write === "alreadyPresent" ? "found" : "asked";
    const status = item?.vettingStatus;
    const asked = { at: new Date().toISOString(), what, status } as const;
    const timeline = [...(before?.vetting.timeline ?? []), asked];
    const followed = this.#keep(String(vetting), {
      customerId,
      qualification,
      requestId,
      item,
      timeline,
      state: "following",
      looks: 0,
    });
    await this.#save();
    void this.#poll(followed, vetting);
    void this.#name(followed);
  }

  /** What became of a request, if it is still known. */
  find(customerId: string, requestId: string): FollowedVetting | undefined {
    return [...this.#followed.values()]
      .map(({ vetting }) => vetting)
      .find((one) => one.customerId === customerId && one.requestId === requestId);
  }

  /** No longer follows a vetting. It goes on all the same. */
  async stop(customerId: string, qualification: string): Promise<void> {
    const followed = this.#followed.get(keyOf({ customerId, qualification }));
    if (!followed) return;
    followed.stop.abort();
    this.#tell(followed, { state: "stopped", nextLookAt: undefined });
    await this.#save();
  }

  /** Those that have changed after a number. */
  since(change: number): FollowedVetting[] {
    return [...this.#followed.values()]
      .filter((followed) => followed.change > change)
      .map(({ vetting }) => vetting);
  }

  /** Ends all polling, and waits until everything is stored. */
  async close(): Promise<void> {
    for (const { stop } of this.#followed.values()) stop.abort();
    await this.#save();
  }

  /** Asked for once, so that not every browser has to. */
  async #name(followed: Followed): Promise<void> {
    const { customerId } = followed.vetting;
    const customer = await this.#options.client.customers.get(customerId).catch(() => undefined);
    if (!customer) return;
    this.#tell(followed, { customerName: customer.companyProfile.companyName });
    await this.#save();
  }

  #keep(token: string, vetting: FollowedVetting): Followed {
    const change = this.#options.changes.next();
    const followed = { token, vetting, change, stop: new AbortController() };
    this.#followed.set(keyOf(vetting), followed);
    return followed;
  }

  #save(): Promise<void> {
    const all = [...this.#followed.values()].filter(({ vetting }) => vetting.state !== "stopped");
    const stored = all.map(({ token, vetting }) => ({ token, vetting }));
    // A full disk must neither fail a request that was taken nor end the following.
    return this.#options.store.save({ vettings: stored }).catch((error: Error) => {
      console.error(`What is followed cannot be stored: ${error.message}`);
    });
  }

  async #poll(followed: Followed, vetting: Vetting): Promise<void> {
    const interval = await this.#options.interval();
    const { signal } = followed.stop;
    while (!signal.aborted) {
      try {
        for await (const progress of vetting.states({ signal, interval })) {
          await this.#seen(followed, progress);
        }
        return;
      } catch (error) {
        if (signal.aborted || error instanceof AbortedError) return;
        // Refused for good, says the client; but a credential is renewed, and a relationship restored.
        const pause = (interval.initialMs ?? 60_000) * 3;
        const looks = followed.vetting.looks + 1;
        await this.#troubled(followed, error, { looks, nextLookAt: inMs(pause) });
        await wait(pause, undefined, { signal }).catch(() => {});
      }
    }
  }

  async #seen(followed: Followed, { item, status, outcome, error, nextMs }: Progress) {
    const { vetting } = followed;
    const looks = vetting.looks + 1;
    const nextLookAt = nextMs === undefined ? undefined : inMs(nextMs);
    if (error) return this.#troubled(followed, error, { looks, nextLookAt });
    const events: Omit<VettingEvent, "at">[] = vetting.problem ? [{ what: "recovered" }] : [];
    const isNew = item !== undefined && status !== lastStatus(vetting);
    if (isNew) events.push({ what: "seen", status, reason: item?.vettingReason });
    this.#tell(
      followed,
      {
        looks,
        nextLookAt,
        problem: undefined,
        ...(item && { item }),
        ...(outcome && { state: "ended" }),
      },
      ...events,
    );
    if (events.length > 0 || outcome) await this.#save();
  }

  async #troubled(followed: Followed, error: unknown, news: Partial<FollowedVetting>) {
    const isNew = followed.vetting.problem === undefined;
    const problem = supportOf(error);
    const event = { what: "trouble", reason: problem.message } as const;
    this.#tell(followed, { ...news, problem }, ...(isNew ? [event] : []));
    if (isNew) await this.#save();
  }

  #tell(
    followed: Followed,
    news: Partial<FollowedVetting>,
    ...events: Omit<VettingEvent, "at">[]
  ): void {
    const at = new Date().toISOString();
    const timeline = [
      ...followed.vetting.timeline,
      ...events.map((event) => Object.assign({ at }, event)),
    ];
    followed.vetting = { ...followed.vetting, ...news, timeline: timeline.slice(-mostEvents) };
    followed.change = this.#options.changes.next();
  }
}

function keyOf({ customerId, qualification }: { customerId: string; qualification: string }) {
  return `${customerId.toLowerCase()} ${qualification}`;
}

function inMs(ms: number): string {
  return new Date(Date.now() + ms).toISOString();
}

/** The status that the timeline told last. */
function lastStatus({ timeline }: FollowedVetting): string | undefined {
  return timeline.findLast(({ what }) => ["asked", "found", "seen"].includes(what))?.status;
}
