import { type Check, held, wrong } from "./check.ts";

export const retryAfterTellsTheTruth: Check = {
  name: "retry_after_tells_the_truth",
  summary: "A request passes after exactly as many seconds as Retry-After says",
  inapplicable: ({ operations }) =>
    operations.some(({ responses }) => "429" in responses) ? undefined : "no operation has a 429",
  judge({ case: { intent }, answer }) {
    if (!answer || intent.kind !== "waited") return undefined;
    const { seconds, isEnough } = intent;
    if (isEnough) {
      return answer.status === 429 ? wrong(`429 again after the ${seconds} s that it said`) : held;
    }
    return answer.status === 429
      ? held
      : wrong(`${answer.status} after ${seconds} s already, a second before the time it said`);
  },
};
