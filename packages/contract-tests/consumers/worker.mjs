// A Worker: the bundle of esbuild in workerd.
import { main } from "./program.mjs";

export default {
  fetch: async (_request, env) =>
    new Response(await main(env.MOCK_URL).catch((error) => error.stack)),
};
