import { h, onMounted } from "vue";
import { inBrowser, type Theme, useRouter } from "vitepress";
import DefaultTheme from "vitepress/theme-without-fonts";
import { leadOn } from "./lead-on.ts";
import Logo from "./Logo.vue";
import NotFound from "./NotFound.vue";
import OnThisPage from "./OnThisPage.vue";
import PageMeta from "./PageMeta.vue";
import RedocPage from "./RedocPage.vue";
import SearchButton from "./SearchButton.vue";
import StatesPicture from "./StatesPicture.vue";
import TryIt from "./TryIt.vue";
import "./style.css";
import "./pages.css";
import "./operation.css";
import "./try-it.css";
import "./search.css";
import "./redoc.css";
import "./print.css";

export default {
  extends: DefaultTheme,
  Layout: () =>
    h(DefaultTheme.Layout, null, {
      "nav-bar-title-before": () => h(Logo),
      "nav-bar-content-before": () => h(SearchButton),
      "not-found": () => h(NotFound),
      "home-hero-image": () => h(StatesPicture),
      "aside-top": () => h(OnThisPage),
      "doc-before": () => h(OnThisPage, { isFolded: true }),
      "doc-footer-before": () => h(PageMeta),
    }),
  setup() {
    const router = useRouter();
    onMounted(() => {
      document.documentElement.classList.add("awake");
      // For what the reader did before this was loaded.
      dispatchEvent(new Event("site-ready"));
    });
    router.onAfterRouteChange = () => void dispatchEvent(new Event("page-shown"));
  },
  async enhanceApp({ app }) {
    app.component("RedocPage", RedocPage);
    app.component("StatesPicture", StatesPicture);
    app.component("TryIt", TryIt);
    if (inBrowser) await leadOn();
  },
} satisfies Theme;
