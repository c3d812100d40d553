import { expect, expectTypeOf, test } from "vitest";
import {
  createQualificationsClient,
  type CustomerQualification,
  PartnerCenterError,
} from "../src/index.ts";
import type { components } from "../src/generated/schemas.ts";
import { answering } from "./server.ts";

const customerId = "11111111-2222-3333-4444-555555555555";
const item = {
  qualification: "Education",
  vettingStatus: "InReview",
  vettingCreateDate: "2020-12-04T20:54:24Z",
};

async function list(status: number, body: string, headers?: Record<string, string>) {
  await using server = await answering(status, body, headers);
  const client = createQualificationsClient({ baseUrl: server.url, credential: () => "canary" });
  return await client.qualifications.list(customerId);
}

const failure = (...answer: Parameters<typeof list>) =>
  list(...answer).then(
    () => expect.unreachable("it should have failed"),
    (error: unknown) => error as PartnerCenterError,
  );

test("reads a bare list and a wrapped one alike", async () => {
  expect(await list(200, JSON.stringify([item]))).toEqual([item]);
  expect(await list(200, JSON.stringify({ qualifications: [item] }))).toEqual([item]);
});

test("reads both spellings of the date", async () => {
  const { vettingCreateDate: vettingCreatedDate, ...rest } = item;
  expect(await list(200, JSON.stringify([{ ...rest, vettingCreatedDate }]))).toEqual([item]);
});

test("skips a byte order mark before the body", async () => {
  expect(await list(200, `\uFEFF${JSON.stringify([item])}`)).toEqual([item]);
});

test("returns an undocumented value unchanged", async () => {
  const unknown = { qualification: "Charity", vettingStatus: "OnHold" };
  expect(await list(200, JSON.stringify([unknown]))).toEqual([unknown]);
});

test.each(["", "<html>", "[{", "{}", "null", '"Education"', "[null]", "[{}]"])(
  "throws an error with the identifiers for a success with the body %j",
  async (body) => {
    expect(await failure(200, body)).toMatchObject({
      kind: "unexpectedResponse",
      status: 200,
      requestId: expect.stringMatching(/^.{36}$/),
    });
  },
);

test("types open sets with their known values and any string", () => {
  type Status = Exclude<CustomerQualification["vettingStatus"], undefined>;
  // A plain string would have nothing to extract, and editors would suggest nothing.
  expectTypeOf<Extract<Status, "InReview" | "Approved" | "Denied">>().toEqualTypeOf<
    "InReview" | "Approved" | "Denied"
  >();
  expectTypeOf<string>().toExtend<Status>();

  type Reason = Exclude<CustomerQualification["vettingReason"], undefined>;
  expectTypeOf<Extract<Reason, "Not an Academic Domain">>().not.toBeNever();
  expectTypeOf<Extract<CustomerQualification["qualification"], "Education">>().not.toBeNever();
  expectTypeOf<string>().toExtend<CustomerQualification["qualification"]>();

  type Code = components["schemas"]["ApiFault"]["code"];
  expectTypeOf<Extract<Code, "20002">>().toEqualTypeOf<"20002">();
  expectTypeOf<string | number>().toExtend<Code>();
});
