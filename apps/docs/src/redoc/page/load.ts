// Puts Redoc in the place of the plain list, once the reader does anything on the page or asks for an
// operation in the address. Before that it would only cost: its script is large.

const signs = ["pointerdown", "keydown", "wheel", "scroll", "focusin"] as const;
const shell = document.querySelector("#shell")!;
const status = document.querySelector("#status")!;
const place = document.querySelector<HTMLElement>("#redoc")!;
const options = {
  skipBundle: true,
  disableTelemetry: true,
  hideDownloadButtons: true,
  showExtensions: ["x-evidence", "x-assumption"],
};

const anchors = new Map(
  [...shell.querySelectorAll<HTMLElement>("[data-anchor]")].map(({ id, dataset }) => [
    `#${id}`,
    dataset.anchor!,
  ]),
);

/** `#operation/<operationId>`, which the site's other pages use, as Redoc has it. */
function translateAddress(): void {
  const anchor = anchors.get(location.hash);
  if (anchor) location.replace(anchor);
}

function onSign({ type, target }: Event): void {
  // Who follows a link away by pointer needs no Redoc.
  if (target instanceof Element) {
    if (type === "pointerdown" && target.closest("a")) return;
    if (type === "focusin" && !target.matches(":focus-visible")) return;
  }
  void load();
}

let loading = false;
async function load(): Promise<void> {
  if (loading) return;
  loading = true;
  for (const sign of signs) removeEventListener(sign, onSign, true);
  status.textContent = "Loading Redoc …";
  try {
    const [{ init }, contract] = await Promise.all([
      import("./redoc.js"),
      fetch("contract.json").then((answer) => {
        if (!answer.ok) throw new Error(`contract.json: ${answer.status}`);
        return answer.json() as Promise<unknown>;
      }),
    ]);
    translateAddress();
    new MutationObserver(showRedoc).observe(place, { childList: true, subtree: true });
    init(contract, options, place);
  } catch (error) {
    status.textContent = `Redoc could not be loaded (${String(error)}). The operations below work without it; reload the page to try again.`;
  }
}

/** Takes the list away as soon as there is something of Redoc to see. */
function showRedoc(_: MutationRecord[], observer: MutationObserver): void {
  if (!place.querySelector("main")) return;
  observer.disconnect();
  const focused = shell.contains(document.activeElement);
  shell.remove();
  if (focused) place.focus({ preventScroll: true });
}

addEventListener("hashchange", () => {
  translateAddress();
  void load();
});
if (location.hash) void load();
else for (const sign of signs) addEventListener(sign, onSign, { capture: true, passive: true });
