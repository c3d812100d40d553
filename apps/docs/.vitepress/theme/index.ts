import { h, onMounted } from "vue";
import { inBrowser, type Theme } from "vitepress";
import DefaultTheme from "vitepress/theme-without-fonts";
import { leadOn } from "./lead-on.ts";
import Logo from "./Logo.vue";
import NotFound from "./NotFound.vue";
import StatesPicture from "./StatesPicture.vue";
import TryIt from "./TryIt.vue";
import "./style.css";
import "./print.css";

export default {
  extends: DefaultTheme,
  Layout: () =>
    h(DefaultTheme.Layout, null, {
      "nav-bar-title-before": () => h(Logo),
      "not-found": () => h(NotFound),
      "home-hero-image": () => h(StatesPicture),
    }),
  setup() {
    onMounted(() => {
      document.documentElement.classList.add("awake");
      // For what the reader did before this was loaded.
      dispatchEvent(new Event("site-ready"));
    });
  },
  async enhanceApp({ app }) {
    app.component("StatesPicture", StatesPicture);
    app.component("TryIt", TryIt);
    if (inBrowser) await leadOn();
  },
} satisfies Theme;
