import { afterAll, expect, test } from "vitest";
import { surviveKills } from "./kills.ts";
import { removeTemplate } from "./world.ts";

afterAll(removeTemplate);

test("requests each row once when the run is killed five times", { timeout: 300_000 }, async () => {
  await expect(surviveKills(5, 300)).resolves.toBeUndefined();
});
