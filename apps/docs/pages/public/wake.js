// Loads the site's own script when the reader does something. Until then the page is complete as it
// came: reading needs no script, and running it at once would hold up slow machines.

const { dataset } = document.currentScript;
const modules = dataset.modules.split(" ");
const parts = [...modules, ...dataset.parts.split(" ")];
const signs = ["pointermove", "pointerdown", "keydown", "wheel", "scroll", "focusin"];
/** What was done before the script was there, to be done again. */
const missed = [];

/** @param {Event} event */
function keep(event) {
  const { target } = event;
  if (event.type === "click") {
    // Links, tabs and details work by themselves, and a form tells of itself.
    const button = target instanceof Element && target.closest("button");
    if (button && !button.form) missed.push(() => button.click());
  } else if (event.type === "submit") {
    event.preventDefault();
    missed.push(() => target.requestSubmit());
  } else if (event.key === "/" || event.ctrlKey || event.metaKey) {
    const { type, key, ctrlKey, metaKey } = event;
    const isSearch = key === "/" || key === "k";
    const isTyped = target instanceof Element && target.matches("input, textarea");
    if (!isSearch || isTyped) return;
    event.preventDefault();
    missed.push(() => dispatchEvent(new KeyboardEvent(type, { key, ctrlKey, metaKey })));
  }
}

let isAwake = false;
async function wake() {
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

/** @param {string} part A module that the others need. */
function fetchEarly(part) {
  const link = document.createElement("link");
  link.rel = "modulepreload";
  link.href = part;
  document.head.append(link);
}

/** Puts the whole style sheet in the place of the rules that the page came with. */
function loadStyles() {
  const own = document.querySelector("style[data-whole]");
  const whole = document.createElement("link");
  whole.rel = "stylesheet";
  whole.href = own.dataset.whole;
  return new Promise((resolve, reject) => {
    whole.addEventListener("load", () => resolve(own.remove()));
    whole.addEventListener("error", () => reject(whole.remove()));
    own.before(whole);
  });
}

addEventListener("site-ready", () => {
  for (const type of ["click", "submit", "keydown"]) removeEventListener(type, keep, true);
  for (const again of missed) again();
});
for (const type of ["click", "submit", "keydown"]) addEventListener(type, keep, true);
for (const sign of signs) addEventListener(sign, wake, { capture: true, passive: true });
// An old address, which the script leads on from.
if (location.hash.includes("operation/")) wake();
