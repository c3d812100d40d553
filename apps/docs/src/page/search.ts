// The search dialog, which wake.ts opens: what it finds, as the reader types.

import MiniSearch from "minisearch";
import { indexOptions, type Entry, tokenize } from "../search/options.ts";

const dialog = document.querySelector<HTMLDialogElement>("dialog.search-dialog")!;
const input = dialog.querySelector("input")!;
const results = document.createElement("ul");
const status = document.createElement("p");
let shown: Entry[] = [];
let active = 0;

results.id = "search-results";
results.role = "listbox";
results.ariaLabel = "Results";
status.className = "search-status";
status.role = "status";
input.role = "combobox";
input.setAttribute("aria-controls", results.id);
input.setAttribute("aria-autocomplete", "list");
input.ariaExpanded = "true";
const close = document.createElement("button");
close.type = "button";
close.className = "search-close";
close.textContent = "Close";
close.addEventListener("click", () => dialog.close());
dialog.append(close, status, results);

const folder = import.meta.url.replace(/[^/]+$/, "");
const index = fetch(`${folder}search.json`)
  .then((response) => {
    if (!response.ok) throw new Error(`search.json: ${response.status}`);
    return response.text();
  })
  .then((text) => MiniSearch.loadJSON<Entry>(text, indexOptions));

async function search(): Promise<void> {
  const words = input.value.trim();
  try {
    const found = (await index).search(words);
    if (words !== input.value.trim()) return;
    shown = found.slice(0, 30) as unknown as Entry[];
    active = 0;
    results.replaceChildren(...shown.map((entry, place) => draw(entry, place, words)));
    select(0);
    status.textContent = words && sayCount(found.length, words);
  } catch (error) {
    status.textContent = `The search could not be loaded (${String(error)}). Close it and try again.`;
  }
}

function sayCount(count: number, words: string): string {
  if (count > 0) return `${count} result${count === 1 ? "" : "s"}`;
  return `Nothing found for “${words}”. Try a word of the API (validationCode), an error code (20002), a status (429) or a header (MS-RequestId).`;
}

function draw(entry: Entry, place: number, words: string): HTMLLIElement {
  const item = document.createElement("li");
  item.role = "option";
  item.id = `search-result-${place}`;
  item.ariaSelected = "false";
  const kind = document.createElement("span");
  kind.className = "search-kind";
  kind.textContent = entry.kind;
  const title = document.createElement("span");
  title.className = "search-title";
  title.textContent = entry.section ? `${entry.page} › ${entry.section}` : entry.page;
  const line = document.createElement("span");
  line.className = "search-line";
  line.append(...excerpt(entry.text, words));
  item.append(kind, title, line);
  item.addEventListener("pointermove", () => select(place));
  item.addEventListener("click", () => openPage(entry));
  return item;
}

/** Follows a link to the entry, which the site's script turns into a change of the page without loading it anew. */
function openPage({ path }: Entry): void {
  const link = document.createElement("a");
  link.href = folder + path;
  if (path === "redoc/") link.target = "_self";
  dialog.close();
  document.body.append(link);
  link.click();
  link.remove();
}

/** A line of the text from shortly before the first of the words, which a phone cuts early, with the words marked. */
function excerpt(text: string, words: string): (string | Node)[] {
  const escaped = tokenize(words).map((word) =>
    word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`),
  );
  const pattern = new RegExp(
    `(${escaped.toSorted((a, b) => b.length - a.length).join("|")})`,
    "gi",
  );
  const first = Math.max(0, text.search(pattern) - 16);
  const start = first === 0 ? 0 : text.indexOf(" ", first) + 1;
  const line = `${start > 0 ? "… " : ""}${text.slice(start, start + 160)}`;
  return line.split(pattern).map((part, place) => {
    if (place % 2 === 0) return part;
    const mark = document.createElement("mark");
    mark.textContent = part;
    return mark;
  });
}

function select(place: number): void {
  results.children[active]?.setAttribute("aria-selected", "false");
  active = Math.max(0, Math.min(place, shown.length - 1));
  const item = results.children[active];
  item?.setAttribute("aria-selected", "true");
  item?.scrollIntoView({ block: "nearest" });
  if (item) input.setAttribute("aria-activedescendant", item.id);
  else input.removeAttribute("aria-activedescendant");
}

input.addEventListener("input", () => void search());
input.addEventListener("keydown", (event) => {
  const { key } = event;
  // It would only clear the words.
  if (key === "Escape") {
    event.preventDefault();
    dialog.close();
  }
  if (key === "ArrowDown" || key === "ArrowUp") {
    event.preventDefault();
    select(active + (key === "ArrowDown" ? 1 : -1));
  } else if (key === "Enter" && !event.isComposing) {
    event.preventDefault();
    const entry = shown[active];
    if (entry) openPage(entry);
  }
});
dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
void search();
