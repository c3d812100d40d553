import { expect, test } from "vitest";
import { followPortfolio } from "./follow-portfolio.ts";

// A few runs of `portfolio.sweep.test.ts`.

test.each([1, 2, 3, 4, 5])(
  "polls every vetting to its end under all conditions, seed %i",
  async (seed) => {
    for (const { outcome, held, carriedOut } of await followPortfolio(seed)) {
      expect(outcome).toBe(held);
      expect(carriedOut).toHaveLength(1);
    }
  },
);
