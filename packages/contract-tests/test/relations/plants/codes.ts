import type { Asked, Spoilable } from "../../spoiling-server.ts";
import {
  bodies,
  body,
  bodyOf,
  isOf,
  isTaken,
  stranger,
  watching,
  type Plant,
  type Value,
} from "./plant.ts";

/** Counts the used codes in the traffic. */
function counting(
  operation: string,
  defect: string,
  counts: (answer: Spoilable, asked: Asked) => boolean,
  by: number,
): Plant {
  return watching(operation, defect, () => {
    let count = 0;
    return (answer, asked) => {
      if (counts(answer, asked)) count++;
      if (!isOf("listValidationCodes", asked) || !isTaken(answer)) return undefined;
      const [first, ...rest] = bodyOf(answer);
      const left = Math.min(first.maxCreates, Math.max(0, first.remainingCreates + by * count));
      return { body: JSON.stringify([{ ...first, remainingCreates: left }, ...rest]) };
    };
  });
}

const usesOf = (operation: string) => (answer: Spoilable, asked: Asked) =>
  isOf(operation, asked) && isTaken(answer) && /government|3/i.test(asked.body);

export const codes: readonly Plant[] = [
  counting("requestQualification", "a code counts down by two", usesOf("requestQualification"), -1),
  counting("requestQualification", "a code does not count down", usesOf("requestQualification"), 1),
  counting(
    "requestQualification",
    "a refused code counts down",
    (answer, asked) => isOf("requestQualification", asked) && answer.body.includes('"3000"'),
    -1,
  ),
  counting("setQualification", "the retired call uses no code", usesOf("setQualification"), 1),
  body("listValidationCodes", "more left than in all", (list) =>
    list.map((one: Value) => ({
      ...one,
      maxCreates: 0,
      remainingCreates: one.remainingCreates + 1,
    })),
  ),
  body("listValidationCodes", "a code twice", (list) => [...list, ...list.slice(0, 1)]),
  body("listValidationCodes", "codes of several partners", (list) =>
    list.map((one: Value, index: number) => (index === 0 ? one : { ...one, partnerId: stranger })),
  ),
  bodies("listValidationCodes", "a count that goes down with each read", () => {
    let reads = 0;
    return ([first, ...rest]) => {
      const remainingCreates = Math.max(0, first.remainingCreates - reads++);
      return [{ ...first, remainingCreates }, ...rest];
    };
  }),
  body("listValidationCodes", "the counts of two codes are swapped", ([first, second, ...rest]) => [
    { ...first, remainingCreates: second.remainingCreates },
    { ...second, maxCreates: 9, remainingCreates: first.remainingCreates },
    ...rest,
  ]),
  body("listValidationCodes", "an exhausted code can be used once more", (list) =>
    list.map((one: Value) => (one.remainingCreates === 0 ? { ...one, remainingCreates: 1 } : one)),
  ),
  body("listValidationCodes", "no codes at all", () => []),
];
