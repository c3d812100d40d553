import assert from "node:assert/strict";
import { test } from "node:test";
import { main } from "./program.mjs";

test("follows a request to its approval", async () => {
  assert.equal(await main(process.env.MOCK_URL), "approved");
});
