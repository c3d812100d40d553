import { expect, test } from "vitest";
import { patchBundle } from "../src/redoc/bundle.ts";
import { replace } from "../src/redoc/bundle.ts";

const wanted = { what: "greet", find: /hello/, put: "good day", times: 2 };

test("makes each replacement the expected number of times", () => {
  expect(replace("hello, hello", [wanted])).toBe("good day, good day");
});

test.each([
  ["once", "hello"],
  ["three times", "hello hello hello"],
])("fails the build with advice if a text matches %s instead of twice", (_, text) => {
  expect(() => replace(text, [wanted])).toThrow(
    /to greet, 2 × \/hello\/ was expected and \d found\. Read the new bundle/,
  );
});

test("fails the build on an unknown bundle", () => {
  expect(() => patchBundle("export const init = () => {};")).toThrow(/^Redoc's bundle: to /);
});
