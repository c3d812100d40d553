import { type MouseEvent, type ReactNode, useSyncExternalStore } from "react";
import { readCustomerId } from "./customer-id.ts";

// Two pages need no library: the address has the customer, so that it can be kept, sent and reloaded.

function subscribe(onChange: () => void) {
  addEventListener("popstate", onChange);
  return () => removeEventListener("popstate", onChange);
}

/** The customer of the address, if it is one's page. */
export function useCustomerId(): string | undefined {
  const path = useSyncExternalStore(subscribe, () => location.pathname);
  return readCustomerId(/^\/customers\/([^/]+)$/.exec(path)?.[1] ?? "");
}

export function navigate(href: string): void {
  history.pushState(undefined, "", href);
  dispatchEvent(new PopStateEvent("popstate"));
  scrollTo(0, 0);
}

export function Link(props: { href: string; className?: string; children: ReactNode }) {
  const onClick = (event: MouseEvent) => {
    // Another tab or window is the browser's matter.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(props.href);
  };
  return <a {...props} onClick={onClick} />;
}
