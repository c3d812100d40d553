import { expect, test } from "vitest";
import { contract } from "@partner-qualifications/spec/model";
import { againstMock, reported } from "./against-mock.ts";

test("sends every example, and gets documented responses", async () => {
  const { failures, exchanges } = await againstMock({ phases: ["examples"] });
  expect(reported(failures)).toEqual([]);

  const sent = exchanges.map(({ request }) => request.body ?? "");
  const examples = contract.operations
    .flatMap(({ body }) => Object.values(body?.content ?? {}))
    .flatMap((media) => Object.values(media.examples).map(({ value }) => value));
  expect(examples.length).toBeGreaterThan(5);
  expect(sent).toEqual(expect.arrayContaining(examples.map((example) => JSON.stringify(example))));
});
