import { type MouseEvent, type ReactNode, useSyncExternalStore } from "react";

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Returns a typed or pasted tenant ID in lower case, without white space, braces and quotes. */
export function readCustomerId(text: string): string | undefined {
  const id = text.replaceAll(/[\s{}"']/g, "").toLowerCase();
  return guid.test(id) ? id : undefined;
}

function subscribe(onChange: () => void) {
  addEventListener("popstate", onChange);
  return () => removeEventListener("popstate", onChange);
}

/** Returns the path of the page, which changes without a load. */
export function usePath(): string {
  return useSyncExternalStore(subscribe, () => location.pathname);
}

export function navigate(href: string): void {
  history.pushState(undefined, "", href);
  dispatchEvent(new PopStateEvent("popstate"));
  scrollTo(0, 0);
}

export function Link(props: { href: string; className?: string; children: ReactNode }) {
  const onClick = (event: MouseEvent) => {
    // The browser opens other tabs and windows.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(props.href);
  };
  return <a {...props} onClick={onClick} />;
}
