import { expect, test } from "vitest";
import { main } from "./program.mjs";

test("follows a request to its approval", async () => {
  expect(await main(process.env.MOCK_URL)).toBe("approved");
}, 60_000);
