import { useSyncExternalStore } from "react";
import type { FollowedVetting, LiveMessage } from "../shared/messages.ts";

/** What the server tells while it happens. */
export interface LiveState {
  connection: "connecting" | "live" | "lost";
  vettings: readonly FollowedVetting[];
}

type Listener = (message: LiveMessage, isFirst: boolean) => void;

const retryMs = 1000;

/**
 * The server-sent events, as a store. The browser connects again by itself after a lost connection;
 * after a refused one, and when the network comes back, that is done here.
 */
class Live {
  #state: LiveState = { connection: "connecting", vettings: [] };
  #source: EventSource | undefined;
  #lastId = "";
  readonly #onChange = new Set<() => void>();
  readonly #onMessage = new Set<Listener>();

  readonly subscribe = (onChange: () => void) => {
    this.#onChange.add(onChange);
    return () => this.#onChange.delete(onChange);
  };

  readonly state = () => this.#state;

  /** Calls a listener with each message, and whether it is the first of all. */
  onMessage(listener: Listener) {
    this.#onMessage.add(listener);
    return () => void this.#onMessage.delete(listener);
  }

  start(): void {
    addEventListener("offline", () => this.#close("lost"));
    addEventListener("online", () => this.#open());
    // Connections are few in HTTP/1.1, and a page that nobody sees needs none.
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.#open();
      else this.#close("connecting");
    });
    this.#open();
  }

  #open(): void {
    if (this.#source && this.#source.readyState !== EventSource.CLOSED) return;
    const source = new EventSource(`/api/live?after=${encodeURIComponent(this.#lastId)}`);
    this.#source = source;
    source.addEventListener("open", () => this.#set({ connection: "live" }));
    source.addEventListener("message", ({ data, lastEventId }) => {
      const isFirst = this.#lastId === "";
      this.#lastId = lastEventId;
      this.#take(JSON.parse(data as string) as LiveMessage, isFirst);
    });
    source.addEventListener("error", () => {
      if (this.#source !== source) return;
      this.#set({ connection: "lost" });
      if (source.readyState === EventSource.CLOSED) setTimeout(() => this.#open(), retryMs);
    });
  }

  #close(connection: LiveState["connection"]): void {
    this.#source?.close();
    this.#source = undefined;
    this.#set({ connection });
  }

  #take(message: LiveMessage, isFirst: boolean): void {
    const before = message.isWhole ? [] : this.#state.vettings;
    const vettings = new Map([...before, ...message.vettings].map((one) => [keyOf(one), one]));
    this.#set({ vettings: [...vettings.values()] });
    for (const listener of this.#onMessage) listener(message, isFirst);
  }

  #set(news: Partial<LiveState>): void {
    this.#state = { ...this.#state, ...news };
    for (const onChange of this.#onChange) onChange();
  }
}

function keyOf({ customerId, qualification }: FollowedVetting): string {
  return `${customerId} ${qualification}`;
}

export const live = new Live();

export function useLive(): LiveState {
  return useSyncExternalStore(live.subscribe, live.state);
}

/** The vettings that are followed, of one customer or of all. */
export function useFollowed(customerId?: string): FollowedVetting[] {
  return useLive().vettings.filter(
    (vetting) =>
      vetting.state !== "stopped" &&
      (customerId === undefined || vetting.customerId === customerId),
  );
}
