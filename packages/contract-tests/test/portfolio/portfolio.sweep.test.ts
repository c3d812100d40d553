import { expect, test } from "vitest";
import { followPortfolio } from "./follow-portfolio.ts";

const { SEED } = process.env;
const path = "packages/contract-tests/test/portfolio/portfolio.sweep.test.ts";

test("polls every vetting of a thousand portfolios under all conditions", async () => {
  const seeds = SEED ? [Number(SEED)] : Array.from({ length: 1000 }, (_, index) => index);
  const failed: string[] = [];
  for (const seed of seeds) {
    const replay = `SEED=${seed} SWEEPS=1 npx -y pnpm@12 exec vitest run ${path}`;
    try {
      const wrong = (await followPortfolio(seed)).filter(
        ({ outcome, held, carriedOut }) => outcome !== held || carriedOut.length !== 1,
      );
      if (wrong.length > 0) failed.push(`${replay}\n${JSON.stringify(wrong)}`);
    } catch (error) {
      failed.push(`${replay}\n${String(error)}`);
    }
  }
  expect(failed).toEqual([]);
}, 3_600_000);
