// The one script that every page runs at once. It loads the rest when the reader does something: until then the page
// is complete as it came, and running everything at once would hold up slow machines.

import { applyChoice, watchChoice } from "./language.ts";

const { dataset } = document.currentScript as HTMLScriptElement;
const list = (text = "") => text.split(" ").filter(Boolean);
const modules = list(dataset.modules);
const parts = [...modules, ...list(dataset.parts)];
const signs = ["pointermove", "pointerdown", "keydown", "wheel", "scroll", "focusin"];
/** What was done before the script was there, to be done again. */
const missed: (() => void)[] = [];

/** The search does not wait for the rest, so that no letter is lost. */
function openSearch(): void {
  let dialog = document.querySelector<HTMLDialogElement>("dialog.search-dialog");
  if (!dialog) {
    dialog = document.createElement("dialog");
    dialog.className = "search-dialog";
    dialog.setAttribute("aria-label", "Search");
    const input = document.createElement("input");
    input.type = "search";
    input.placeholder = "Search the docs";
    input.setAttribute("aria-label", "Search the docs");
    input.autocomplete = "off";
    input.spellcheck = false;
    dialog.append(input);
    document.body.append(dialog);
    void import(/* the build puts it there */ dataset.search!);
  }
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input")!.select();
}

function onKey(event: KeyboardEvent): void {
  const { key, ctrlKey, metaKey, target } = event;
  const isTyped = target instanceof Element && target.matches("input, textarea, select");
  if ((key === "k" && (ctrlKey || metaKey)) || (key === "/" && !isTyped)) {
    event.preventDefault();
    event.stopPropagation();
    openSearch();
  }
}

function onClick({ target }: Event): void {
  if (target instanceof Element && target.closest(".search-button")) openSearch();
}

function keep(event: Event): void {
  const { target } = event;
  if (event.type === "submit") {
    event.preventDefault();
    missed.push(() => (target as HTMLFormElement).requestSubmit());
    return;
  }
  // Links, tabs, details and the search work by themselves, and a form reports its submission.
  const button = target instanceof Element && target.closest("button");
  if (button && !button.form && !button.matches(".search-button"))
    missed.push(() => button.click());
}

let isAwake = false;
async function wake(): Promise<void> {
  if (isAwake) return;
  isAwake = true;
  for (const part of parts.splice(0)) fetchEarly(part);
  try {
    // What the script adds to the page has its rules nowhere else.
    await loadStyles();
  } catch {
    // The page stays as it came, and a later sign tries again.
    setTimeout(() => (isAwake = false), 2000);
    return;
  }
  for (const sign of signs) removeEventListener(sign, wake, true);
  for (const module of modules) await import(module);
}

/** @param part A module that the others need. */
function fetchEarly(part: string): void {
  const link = document.createElement("link");
  link.rel = "modulepreload";
  link.href = part;
  document.head.append(link);
}

/** Puts the whole style sheet in the place of the rules that the page came with. */
function loadStyles(): Promise<void> {
  const own = document.querySelector<HTMLStyleElement>("style[data-whole]")!;
  const whole = document.createElement("link");
  whole.rel = "stylesheet";
  whole.href = own.dataset.whole!;
  return new Promise((resolve, reject) => {
    whole.addEventListener("load", () => resolve(own.remove()));
    whole.addEventListener("error", () => reject(whole.remove()));
    own.before(whole);
  });
}

/** In a long sidebar, the entry of the page may be below the window. */
function revealEntry(): void {
  const sidebar = document.querySelector(".VPSidebar");
  const entry = sidebar?.querySelector(".VPSidebarItem.is-active > .item");
  if (!sidebar || !entry) return;
  const { top, bottom, height } = sidebar.getBoundingClientRect();
  const place = entry.getBoundingClientRect();
  if (place.bottom > bottom) sidebar.scrollTop += place.top - top - height / 2;
}

addEventListener("keydown", onKey, true);
addEventListener("click", onClick, true);
addEventListener("page-shown", applyChoice);
watchChoice();
applyChoice();
requestAnimationFrame(revealEntry);
addEventListener("site-ready", () => {
  for (const type of ["click", "submit"]) removeEventListener(type, keep, true);
  for (const again of missed) again();
});
for (const type of ["click", "submit"]) addEventListener(type, keep, true);
for (const sign of signs) addEventListener(sign, wake, { capture: true, passive: true });
// Redoc is what its page is for; the script redirects from an old address.
if (document.querySelector(".redoc") || location.hash.includes("operation/")) void wake();
