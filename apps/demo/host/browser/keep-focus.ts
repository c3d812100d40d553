import { focusOn } from "../../src/browser/focus-on.ts";

/**
 * Keeps the keyboard's focus on the page: if the focused element disappears, the heading of what is left
 * around it gets the focus.
 */
export function keepFocus(): void {
  let path: HTMLElement[] = [];
  addEventListener("focusin", ({ target }) => {
    path = [];
    for (let one = target as HTMLElement | null; one; one = one.parentElement) path.push(one);
  });
  addEventListener("focusout", ({ target, relatedTarget }) => {
    // A click beside everything takes the focus away on purpose.
    if (!relatedTarget) queueMicrotask(() => (target as HTMLElement).isConnected && (path = []));
  });
  new MutationObserver(() => {
    if (document.activeElement !== document.body || path[0]?.isConnected !== false) return;
    const around = path.filter((one) => one.isConnected);
    const headings = around.map((one) => one.querySelector<HTMLElement>("h1, h2, h3"));
    focusOn(headings.find((heading) => heading !== null));
  }).observe(document.body, { childList: true, subtree: true });
}
