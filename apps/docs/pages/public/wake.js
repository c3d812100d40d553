// Loads the site's own script when the reader does something. Until then the page is complete as it
// came: reading needs no script, and running it at once would hold up slow machines.

const modules = document.currentScript.dataset.modules.split(" ");
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
  for (const sign of signs) removeEventListener(sign, wake, true);
  loadStyles();
  for (const module of modules) await import(module);
}

/** Puts the whole style sheet in the place of what the page needed as it came. */
function loadStyles() {
  const needed = document.querySelector("style[data-whole]");
  const whole = document.createElement("link");
  whole.rel = "stylesheet";
  whole.href = needed.dataset.whole;
  whole.addEventListener("load", () => needed.remove());
  needed.before(whole);
}

addEventListener("site-ready", () => {
  for (const type of ["click", "submit", "keydown"]) removeEventListener(type, keep, true);
  for (const again of missed) again();
});
for (const type of ["click", "submit", "keydown"]) addEventListener(type, keep, true);
for (const sign of signs) addEventListener(sign, wake, { capture: true, passive: true });
// An old address, which the script leads on from.
if (location.hash.includes("operation/")) wake();
