/** A page's loading record; times in milliseconds since `since`. */
export interface Watched {
  /** When a heading with the page's text was first visible. */
  seen: number | undefined;
  /** The last candidate for the largest contentful paint. */
  painted: number;
  /** Sum of each long task's time over 50 ms. */
  blocked: number;
  /** End of the last long task, by the page's own clock. */
  busyUntil: number;
}

/**
 * Runs in the page, before its own scripts or after an interaction. Checks in each frame whether a
 * heading with the page's text is visible, and adds up the long tasks.
 *
 * @param own Regular expression for the text of one of the page's headings.
 */
export function watch(own: string): void {
  const since = document.readyState === "complete" ? performance.now() : 0;
  const watched: Watched = { seen: undefined, painted: 0, blocked: 0, busyUntil: 0 };
  Object.assign(globalThis, { watched });

  const text = new RegExp(own);
  const visible = (heading: Element) =>
    text.test(heading.textContent) &&
    heading.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    heading.getBoundingClientRect().top < innerHeight;
  const look = (): void => {
    if ([...document.querySelectorAll("h1, h2")].some(visible)) {
      // This frame's content is on the screen when the next one begins.
      requestAnimationFrame((next) => (watched.seen = next - since));
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);

  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) watched.painted = startTime - since;
  }).observe({ type: "largest-contentful-paint", buffered: since === 0 });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      watched.blocked += duration - 50;
      watched.busyUntil = startTime + duration;
    }
  }).observe({ type: "longtask", buffered: since === 0 });
}
