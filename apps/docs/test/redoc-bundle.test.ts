import { expect, test } from "vitest";
import { patchBundle } from "../src/redoc/bundle.ts";
import { replace } from "../src/redoc/bundle.ts";

const wanted = { what: "greet", find: /hello/, put: "good day", times: 2 };

test("a replacement is made as often as it should be", () => {
  expect(replace("hello, hello", [wanted])).toBe("good day, good day");
});

test.each([
  ["once", "hello"],
  ["three times", "hello hello hello"],
])("a text that matches %s instead of twice fails the build and says what to do", (_, text) => {
  expect(() => replace(text, [wanted])).toThrow(
    /to greet, 2 × \/hello\/ was expected and \d found\. Read the new bundle/,
  );
});

test("a bundle that is not the known one fails the build", () => {
  expect(() => patchBundle("export const init = () => {};")).toThrow(/^Redoc's bundle: to /);
});
