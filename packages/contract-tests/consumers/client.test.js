// For jest, whose defaults are CommonJS, and for node:test and Vitest, which have `test` elsewhere.
const { main } = require("./commonjs.cjs");

test("follows a request to its approval", async () => {
  expect(await main()).toBe("approved");
}, 60_000);
