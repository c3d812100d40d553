// Measures by pixels how visibly a page shows the keyboard focus, however the ring is drawn.

import type { Page } from "playwright-core";
import { stopMotion } from "./index.ts";

/** Minimum thickness of the ring, in CSS pixels (WCAG 2.4.13, level AAA). */
const thickness = 2;
/** How far a ring may extend beyond its element, in CSS pixels. */
const reach = 12;

/** The rectangle of a focused element, and the required number of pixels of its ring. */
interface Focused {
  name: string;
  clip: { x: number; y: number; width: number; height: number };
  pixels: number;
}

/**
 * Focuses one element of each kind on a page, like the keyboard, and compares its pixels with and
 * without focus. Elements with the same tag and classes, in similar parents, are one kind.
 *
 * @param page Its pointer must not be over an element that reacts to it.
 * @param within A CSS selector to restrict the measurement; by default, the whole page.
 * @returns A line for each kind whose focus changes fewer pixels by a contrast of 3:1 than a 2 px ring
 * has, and the number of measured kinds.
 */
export async function findWeakFocus(page: Page, within = "body") {
  await stopMotion(page);
  // Focus by script is visible only after keyboard input.
  await page.keyboard.press("Tab");
  const kinds = await page.evaluate(collectKinds, within);
  const devTools = await page.context().newCDPSession(page);
  // Three times as fast as `page.screenshot`, whose waits are irrelevant here.
  const picture = async (clip: Focused["clip"]) =>
    (await devTools.send("Page.captureScreenshot", { clip: { ...clip, scale: 1 } })).data;
  await using canvas = await openCanvas(page);
  const weak: string[] = [];
  for (let index = 0; index < kinds; index++) {
    const focused = await page.evaluate(focusKind, { index, reach, thickness });
    if (!focused) continue;
    const { name, clip, pixels } = focused;
    const withFocus = await picture(clip);
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    const without = await picture(clip);
    const changed = await canvas.countChanged(withFocus, without);
    if (changed < pixels) weak.push(`${name}: ${changed} of ${pixels} pixels`);
  }
  return { kinds, weak };
}

/** Stores one element of each kind that Tab can reach, for `focusKind`. */
function collectKinds(within: string): number {
  const kinds = new Map<string, HTMLElement>();
  const reachable =
    "a[href], button:enabled, input:enabled, select:enabled, textarea:enabled, summary, [tabindex='0']";
  for (const root of document.querySelectorAll(within)) {
    for (const element of root.querySelectorAll<HTMLElement>(reachable)) {
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      const parents = [element, element.parentElement, element.parentElement?.parentElement];
      const kind = parents
        .map((one) => `${one?.tagName}.${one?.getAttribute("class")}`)
        .join(" < ");
      if (!kinds.has(kind)) kinds.set(kind, element);
    }
  }
  Object.assign(globalThis, { kindsOfFocus: [...kinds.values()] });
  return kinds.size;
}

/** Focuses one of the elements of `collectKinds`. */
function focusKind(options: {
  index: number;
  reach: number;
  thickness: number;
}): Focused | undefined {
  const { kindsOfFocus } = globalThis as unknown as { kindsOfFocus: HTMLElement[] };
  const element = kindsOfFocus[options.index];
  // Focusing another element may have removed it.
  if (!element?.isConnected) return undefined;
  element.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
  element.focus({ preventScroll: true });
  const name = `${element.tagName.toLowerCase()}.${element.className} "${(element.textContent || element.ariaLabel || "").trim().slice(0, 40)}"`;
  if (document.activeElement !== element) return undefined;
  if (!element.matches(":focus-visible")) throw new Error(`${name} is not focused by keyboard`);
  // The ring of an invisible input is that of its label.
  const { labels } = element as HTMLInputElement;
  const isShown = element.checkVisibility({ opacityProperty: true });
  const subject = isShown ? element : (labels?.[0] ?? element);
  const lines = [...subject.getClientRects()].filter(({ width, height }) => width * height > 0);
  // Only the visible edges of an element larger than the screen count.
  const edges = lines.flatMap(({ left, top, right, bottom }) => {
    const across = Math.min(right, innerWidth) - Math.max(left, 0);
    const down = Math.min(bottom, innerHeight) - Math.max(top, 0);
    const [isLeft, isTop] = [left >= 0, top >= 0];
    const [isRight, isBottom] = [right <= innerWidth, bottom <= innerHeight];
    return [isTop && across, isBottom && across, isLeft && down, isRight && down];
  });
  const perimeter = edges.reduce<number>((sum, length) => sum + Math.max(0, Number(length)), 0);
  const all = [...lines, ...[...(labels ?? [])].map((label) => label.getBoundingClientRect())];
  const x = Math.max(0, Math.min(...all.map(({ left }) => left)) - options.reach);
  const y = Math.max(0, Math.min(...all.map(({ top }) => top)) - options.reach);
  const right = Math.min(innerWidth, Math.max(...all.map((one) => one.right)) + options.reach);
  const bottom = Math.min(innerHeight, Math.max(...all.map((one) => one.bottom)) + options.reach);
  return {
    name,
    clip: { x: x + scrollX, y: y + scrollY, width: right - x, height: bottom - y },
    pixels: Math.round(options.thickness * perimeter),
  };
}

/** Opens a blank page to compare pictures: the page's own policy would block them. */
async function openCanvas(beside: Page) {
  const page = await beside.context().browser()!.newPage();
  return {
    countChanged: (...pictures: string[]): Promise<number> => page.evaluate(countChanged, pictures),
    [Symbol.asyncDispose]: () => page.close(),
  };
}

/** Counts the pixels that differ by a contrast of 3:1 between two pictures of the same size. */
async function countChanged(pictures: string[]): Promise<number> {
  const [one, other] = await Promise.all(
    pictures.map(async (picture) => {
      const data = `data:image/png;base64,${picture}`;
      const image = await createImageBitmap(await (await fetch(data)).blob());
      const context = new OffscreenCanvas(image.width, image.height).getContext("2d")!;
      context.drawImage(image, 0, 0);
      const colors = context.getImageData(0, 0, image.width, image.height).data;
      const linear = [...colors].map((value) =>
        value <= 10 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4,
      );
      // The relative luminance of each pixel, as defined by WCAG.
      return Array.from({ length: linear.length / 4 }, (_, index) => {
        const [red, green, blue] = linear.slice(4 * index, 4 * index + 3);
        return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
      });
    }),
  );
  return one!.filter((luminance, index) => {
    const [dark, light] = [luminance, other![index]!].toSorted((a, b) => a - b);
    return (light! + 0.05) / (dark! + 0.05) >= 3;
  }).length;
}
