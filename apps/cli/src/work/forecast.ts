import { sampleStep } from "../store/portfolio.ts";

const hour = 3_600_000;

/** What is known of how long vettings take, in milliseconds of the service's time. */
export interface Experience {
  /** How long those of the sample took that have ended, shortest first. */
  decided: number[];
  /** How many of the sample are still in review. */
  open: number;
}

/** With fewer open rows than this, each is polled as often as those of the sample. */
const fewOpen = 500;

/**
 * When to poll a vetting. Polls count against the rate limits, and most find nothing new, so one row in a hundred is
 * polled often, and the others when the sample shows that it is time: after a fifth more of the sample was decided at
 * that age. A row is polled after four days anyway, and after that whenever its age has grown by a quarter.
 */
export const isInSample = (id: number, open: number): boolean =>
  open < fewOpen || id % sampleStep === 1;

/** How long a row waits until it is polled, or outside the sample until that is considered, which costs no request. */
export const waitAtAge = (ageMs: number, isSample: boolean): number =>
  isSample
    ? Math.min(4 * hour, Math.max(1000, ageMs < hour ? ageMs / 2 : ageMs / 4))
    : Math.min(12 * hour, Math.max(2000, ageMs / 2));

/**
 * Whether a row outside the sample is worth a poll.
 *
 * @param ageMs How long ago it was requested.
 * @param polledAgeMs How old it was when it was polled last; 0 for never.
 */
export function isWorthPoll(
  { decided, open }: Experience,
  ageMs: number,
  polledAgeMs: number,
): boolean {
  const share = (age: number) => {
    const after = decided.findIndex((one) => one > age);
    const count = after < 0 ? decided.length : after;
    return count === 0 ? 0 : count / (decided.length + open);
  };
  const isExpected = share(ageMs) - share(polledAgeMs) >= 0.2;
  const patience = Math.max(12 * hour, share(ageMs) >= 0.2 ? ageMs / 4 : 96 * hour);
  return isExpected || ageMs - polledAgeMs >= patience;
}
