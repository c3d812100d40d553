const { Miniflare } = require("miniflare");

(async () => {
  const worker = new Miniflare({
    modules: true,
    scriptPath: "dist/worker.mjs",
    compatibilityDate: "2026-01-01",
    bindings: { MOCK_URL: process.env.MOCK_URL },
  });
  console.log(await (await worker.dispatchFetch("http://worker/")).text());
  await worker.dispose();
})();
