import { configure } from "./src/stryker.mjs";

export default configure("client", "vetting");
