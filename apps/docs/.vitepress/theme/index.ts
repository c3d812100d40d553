import { h } from "vue";
import { inBrowser, type Theme, withBase } from "vitepress";
import DefaultTheme from "vitepress/theme-without-fonts";
import NotFound from "./NotFound.vue";
import StatesPicture from "./StatesPicture.vue";
import TryIt from "./TryIt.vue";
import "./style.css";

export default {
  extends: DefaultTheme,
  Layout: () =>
    h(DefaultTheme.Layout, null, {
      "not-found": () => h(NotFound),
      "home-hero-image": () => h(StatesPicture),
    }),
  enhanceApp({ app }) {
    app.component("StatesPicture", StatesPicture);
    app.component("TryIt", TryIt);
    if (inBrowser) followOldAddress();
  },
} satisfies Theme;

/** Redoc once stood at the site's root, with its operations behind a hash. */
function followOldAddress(): void {
  const [, operationId] = /^#(?:tag\/[^/]+\/)?operation\/(\w+)$/.exec(location.hash) ?? [];
  if (operationId && location.pathname === withBase("/")) {
    location.replace(withBase(`/reference/${operationId}`));
  }
}
