import { type Check, held, wrong } from "./check.ts";

export const retryAfterTellsTheTruth: Check = {
  name: "retry_after_tells_the_truth",
  summary: "A request succeeds after exactly the seconds in Retry-After",
  inapplicable: ({ operations }) =>
    operations.some(({ responses }) => "429" in responses) ? undefined : "no operation has a 429",
  judge({ case: { intent }, answer }) {
    if (!answer || intent.kind !== "waited") return undefined;
    const { seconds, isEnough } = intent;
    if (isEnough) {
      return answer.status === 429
        ? wrong(`429 again after the ${seconds} s in Retry-After`)
        : held;
    }
    return answer.status === 429
      ? held
      : wrong(`${answer.status} after ${seconds} s, a second before the time in Retry-After`);
  },
};
