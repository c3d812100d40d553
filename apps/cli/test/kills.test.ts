import { expect, test } from "vitest";
import { surviveKills } from "./kills.ts";

test("requests each row once when the run is killed twice", { timeout: 600_000 }, async () => {
  await expect(surviveKills(2, 40)).resolves.toBeUndefined();
});
