import { useSyncExternalStore } from "react";
import type { News, Review } from "../shared/messages.ts";

type Connection = "connecting" | "live" | "lost";

const retryMs = 1000;
const receivers = new Map<string, (news: News<never>) => void>();
const renders = new Set<() => void>();
let connection: Connection = "connecting";
let source: EventSource | undefined;

function subscribe(render: () => void) {
  renders.add(render);
  return () => renders.delete(render);
}

function show(news: Connection): void {
  connection = news;
  for (const render of renders) render();
}

/**
 * Declares a topic of the server's live stream.
 *
 * @param idOf An item replaces the one before it with the same id.
 * @returns A hook for its items, and `onNews`, which is called with each change.
 */
export function createTopic<Item>(name: string, idOf: (item: Item) => string | number) {
  const listeners = new Set<(news: News<Item>, isFirst: boolean) => void>();
  let items: readonly Item[] | undefined;
  receivers.set(name, (news: News<Item>) => {
    const all = [...(news.isWhole ? [] : (items ?? [])), ...news.items];
    const isFirst = items === undefined;
    items = [...new Map(all.map((item) => [idOf(item), item])).values()];
    for (const listener of listeners) listener(news, isFirst);
    for (const render of renders) render();
  });
  const none: readonly Item[] = [];
  return {
    use: () => useSyncExternalStore(subscribe, () => items ?? none),
    onNews: (listener: (news: News<Item>, isFirst: boolean) => void) => listeners.add(listener),
  };
}

export const reviews = createTopic<Review>(
  "reviews",
  (one) => `${one.customerId} ${one.qualification}`,
);

/** Returns the reviews of one customer or of all. */
export function useReviews(customerId?: string): Review[] {
  return reviews
    .use()
    .filter((one) => one.state !== "dropped" && (customerId ?? one.customerId) === one.customerId);
}

export function useConnection(): Connection {
  return useSyncExternalStore(subscribe, () => connection);
}

/** Opens the stream. The browser reconnects by itself, except when it was refused or offline. */
export function startLive(): void {
  addEventListener("offline", () => close("lost"));
  addEventListener("online", open);
  // HTTP/1.1 allows few connections, and a hidden page needs none.
  document.addEventListener("visibilitychange", () =>
    document.visibilityState === "visible" ? open() : close("connecting"),
  );
  open();
}

function open(): void {
  if (source && source.readyState !== EventSource.CLOSED) return;
  const opened = new EventSource("/api/live");
  source = opened;
  for (const [name, receive] of receivers) {
    opened.addEventListener(name, ({ data }) => receive(JSON.parse(data as string) as News<never>));
  }
  opened.addEventListener("open", () => show("live"));
  opened.addEventListener("error", () => {
    if (source !== opened) return;
    show("lost");
    if (opened.readyState === EventSource.CLOSED) setTimeout(open, retryMs);
  });
}

function close(news: Connection): void {
  source?.close();
  source = undefined;
  show(news);
}
