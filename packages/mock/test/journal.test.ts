import { expect, test } from "vitest";
import { startMock } from "../src/index.ts";
import { submit, control, list, school, testCustomer } from "./call.ts";

test("records exchanges as HAR 1.2 without secrets", async () => {
  await using mock = await startMock({ clock: "manual", now: "2020-12-07T09:00:00Z" });
  await submit(mock, school, undefined, { Authorization: "Bearer top-secret" });
  await submit(mock, testCustomer("f002")).catch(() => {});
  const [, har] = await control(mock, "GET", "journal");
  expect(har.log).toMatchObject({ version: "1.2", creator: { name: "qualifications-mock" } });
  const [first, lost] = har.log.entries;
  expect(first).toMatchObject({
    startedDateTime: "2020-12-07T09:00:00.000Z",
    request: { method: "POST", postData: { text: '{"qualification":"Education"}' } },
    response: { status: 201 },
  });
  expect(JSON.parse(first.response.content.text)).toMatchObject({ vettingStatus: "InReview" });
  expect(first.request.headers).toContainEqual({ name: "authorization", value: "***" });
  expect(JSON.stringify(har)).not.toContain("top-secret");
  expect(lost.response).toMatchObject({ status: 0, comment: expect.stringContaining("reset") });
});

test("keeps the last thousand exchanges, without control requests", async () => {
  await using mock = await startMock();
  for (let request = 0; request < 1010; request++) {
    await list(mock, school, { "MS-CorrelationId": guid(request) });
  }
  await control(mock, "GET", "journal");
  const { entries } = mock.control.journal().log;
  const correlations = entries.map(
    ({ response }) => response.headers.find(({ name }) => name === "ms-correlationid")?.value,
  );
  expect(correlations).toEqual(Array.from({ length: 1000 }, (_, index) => guid(index + 10)));
});

const guid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

/** Returns the numbers of entries. */
const numbers = (entries: object[]) =>
  entries.map((entry) => (entry as { _number: number })._number);

test("keeps as many exchanges as journalSize, even after a reset", async () => {
  await using mock = await startMock({ journalSize: 3 });
  for (let request = 0; request < 5; request++) await list(mock, school);
  expect(numbers(mock.control.journal().log.entries)).toEqual([3, 4, 5]);
  mock.control.reset();
  for (let request = 0; request < 4; request++) await list(mock, school);
  expect(numbers(mock.control.journal().log.entries)).toEqual([2, 3, 4]);
});

test("reads the journal page by page", async () => {
  await using mock = await startMock({ journalSize: 10 });
  for (let request = 0; request < 12; request++) await list(mock, school);
  const pages: number[][] = [];
  for (let after = 0; ;) {
    const [, har] = await control(mock, "GET", `journal?after=${after}&limit=4`);
    const page = numbers(har.log.entries);
    pages.push(page);
    if (page.length === 0) break;
    after = page.at(-1) as number;
  }
  expect(pages).toEqual([[3, 4, 5, 6], [7, 8, 9, 10], [11, 12], []]);
  expect(numbers(mock.control.journal({ after: 8, limit: 2 }).log.entries)).toEqual([9, 10]);
});

test.each(["after=-1", "after=x", "limit=0", "limit=1.5", "limit=", "limit=1&limit=2"])(
  "rejects the journal page %s",
  async (query) => {
    await using mock = await startMock();
    expect((await control(mock, "GET", `journal?${query}`))[0]).toBe(400);
  },
);

test("keeps the beginning of a long body", async () => {
  await using mock = await startMock();
  await submit(mock, school, { qualification: "Education", website: "a".repeat(100_000) });
  const [entry] = mock.control.journal().log.entries;
  expect(entry?.request.bodySize).toBeGreaterThan(100_000);
  expect(entry?.request.postData?.text).toHaveLength(16_384);
});
