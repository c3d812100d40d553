import { expect, test } from "vitest";
import { type MockOptions, startMock } from "../src/index.ts";
import { control, school } from "./call.ts";

/** Options that the command and the control API reject, and that a program without types can pass. */
const refused: [object, RegExp][] = [
  [{ clock: "still" }, /real, manual or fast, not "still"/],
  [{ clok: "manual" }, /Unknown member "clok"; valid members are clock, now/],
  [{ seed: -1 }, /The seed must be a whole number from 0 to 4294967295, not -1/],
  [{ seed: "one" }, /The seed must be a whole number from 0 to 4294967295, not "one"/],
  [
    { throttle: { partner: { requests: 0, per: "PT1M" } } },
    /throttle\.partner\.requests must be >= 1/,
  ],
  [{ codes: [{ validationId: "", maxCreates: 1 }] }, /codes\.0\.validationId/],
  [{ codes: [{ validationId: "1", maxCreates: -1 }] }, /codes\.0\.maxCreates must be >= 0/],
  [{ customers: [{ id: "school", summary: "" }] }, /customers\.0\.id/],
  [{ customers: [{ id: school, summary: "", companyName: "a".repeat(201) }] }, /companyName/],
  [
    { customers: [{ id: school, summary: "", educaton: "denied" }] },
    /customers\.0 has no member "educaton"/,
  ],
  [{ faults: [{ kind: "rest" }] }, /faults\.0\.kind .*reset/],
  [{ faults: [{ kind: "reset", count: 0 }] }, /faults\.0\.count must be >= 1/],
];

test.each(refused)("rejects %j in startMock as under /_mock/scenario", async (options, reason) => {
  await expect(startMock(options as MockOptions)).rejects.toThrow(reason);
  await expect(startMock(options as MockOptions)).rejects.toThrow(RangeError);
  await using mock = await startMock();
  expect((await control(mock, "PUT", "scenario", options))[0]).toBe(400);
});

test.each([0, -1, 1.5, 1_000_001, Number.NaN, Number.POSITIVE_INFINITY, "all"])(
  "rejects the journal size %j",
  async (journalSize) => {
    const options = { journalSize } as unknown as MockOptions;
    const message = /The journal's size must be a whole number from 1 to 1000000, not /;
    await expect(startMock(options)).rejects.toThrow(message);
    await expect(startMock(options)).rejects.toThrow(RangeError);
  },
);

test.each(["none", "json", true, {}])("rejects the log %j", async (log) => {
  const options = { log } as unknown as MockOptions;
  const message = '"log" must be a function that receives each exchange';
  await expect(startMock(options)).rejects.toThrow(message);
  await expect(startMock(options)).rejects.toThrow(TypeError);
});

test("accepts undefined options", async () => {
  const options = {
    seed: undefined,
    faults: undefined,
    journalSize: undefined,
    port: 0,
  } as unknown as MockOptions;
  await using mock = await startMock(options);
  expect((await fetch(`${mock.url}/_mock/clock`)).status).toBe(200);
});
