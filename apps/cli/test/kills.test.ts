import { expect, test } from "vitest";
import { surviveKills } from "./kills.ts";

test("requests each row once when the run is killed five times", { timeout: 600_000 }, async () => {
  await expect(surviveKills(5, 100)).resolves.toBeUndefined();
});
