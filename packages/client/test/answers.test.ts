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

test("a bare array and a wrapped one are the same", async () => {
  expect(await list(200, JSON.stringify([item]))).toEqual([item]);
  expect(await list(200, JSON.stringify({ qualifications: [item] }))).toEqual([item]);
});

test("both spellings of the date are read as one", async () => {
  const { vettingCreateDate: vettingCreatedDate, ...rest } = item;
  expect(await list(200, JSON.stringify([{ ...rest, vettingCreatedDate }]))).toEqual([item]);
});

test("a byte order mark before the body is passed over", async () => {
  expect(await list(200, `\uFEFF${JSON.stringify([item])}`)).toEqual([item]);
});

test("a value that nobody knew is passed on", async () => {
  const unknown = { qualification: "Charity", vettingStatus: "OnHold" };
  expect(await list(200, JSON.stringify([unknown]))).toEqual([unknown]);
});

test.each(["", "<html>", "[{", "{}", "null", '"Education"', "[null]", "[{}]"])(
  "a good status with the body %j is an error that keeps the identifiers",
  async (body) => {
    expect(await failure(200, body)).toMatchObject({
      kind: "unexpectedResponse",
      status: 200,
      requestId: expect.stringMatching(/^.{36}$/),
    });
  },
);

test("known values of an open set are offered, others are accepted", () => {
  type Status = Exclude<CustomerQualification["vettingStatus"], undefined>;
  // Of a plain string nothing could be extracted, and editors would have nothing to offer.
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
