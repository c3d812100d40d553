// Before anything is painted: light or dark, as chosen on any page of the site, else as the system has it.
const chosen = localStorage.getItem("vitepress-theme-appearance");
const dark = matchMedia("(prefers-color-scheme: dark)").matches;
document.documentElement.classList.add(
  chosen === "dark" || chosen === "light" ? chosen : dark ? "dark" : "light",
);
