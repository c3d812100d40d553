import { expect, test } from "vitest";
import { surviveKills } from "./kills.ts";

test(
  "requests each row once when the run is killed two hundred times",
  { timeout: 3_600_000 },
  async () => {
    await expect(surviveKills(200, 8000)).resolves.toBeUndefined();
  },
);
