// One choice of language for all samples of the site.

const key = "sample-language";

function tabsOf(label: string): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLLabelElement>(".vp-code-group .tabs label")]
    .filter(({ textContent }) => textContent === label)
    .map(({ htmlFor }) => document.getElementById(htmlFor) as HTMLInputElement);
}

/** Opens the tab of the chosen language in every group that has one. */
export function applyChoice(): void {
  const chosen = localStorage.getItem(key);
  for (const tab of chosen ? tabsOf(chosen) : []) tab.checked = true;
}

/** Keeps the language of the tab that the reader opens, if it is one of several samples. */
export function watchChoice(): void {
  document.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !target.closest(".vp-code-group")) return;
    const label = target.labels?.[0]?.textContent;
    // Other groups choose between examples of a response.
    if (!label || !/^(curl|TypeScript|C#|PowerShell|Python)$/.test(label)) return;
    localStorage.setItem(key, label);
    applyChoice();
  });
}
