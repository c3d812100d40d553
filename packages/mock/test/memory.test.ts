import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { type Mock, startMock } from "../src/index.ts";

const school = "11111111-2222-3333-4444-555555555555";
const denied = "00000000-0000-4000-8000-00000000de01";

/** Calls the contract. Returns the reply's status and body. */
async function call(mock: Mock, path: string, body?: object): Promise<[number, unknown]> {
  const response = await fetch(`${mock.url}/v1/customers/${path}`, {
    headers: { Authorization: "Bearer any", "Content-Type": "application/json" },
    ...(body && { method: "POST", body: JSON.stringify(body) }),
  });
  return [response.status, await response.json()];
}

const list = (mock: Mock, id: string) => call(mock, `${id}/qualifications`);
const submit = (mock: Mock, id: string, body: object, query = "") =>
  call(mock, `${id}/qualifications${query}`, body);

const monday = { clock: "manual", now: "2020-12-07T09:00:00Z" } as const;
const Education = { qualification: "Education" };
const Government = { qualification: "GovernmentCommunityCloud" };
const StateOwned = { qualification: "StateOwnedEntity" };

describe("a vetting", () => {
  test("starts a customer without qualifications", async () => {
    await using mock = await startMock();
    expect(await list(mock, school)).toEqual([200, []]);
  });

  test("approves Education after the review time", async () => {
    await using mock = await startMock({ ...monday, reviewTime: "PT1H" });
    const item = { ...Education, vettingCreateDate: "2020-12-07T09:00:00Z" };
    expect(await submit(mock, school, Education)).toEqual([
      201,
      { ...item, vettingStatus: "InReview" },
    ]);
    mock.advance("PT59M59.999S");
    expect(await list(mock, school)).toEqual([200, [{ ...item, vettingStatus: "InReview" }]]);
    mock.advance("PT0.001S");
    expect(await list(mock, school)).toEqual([200, [{ ...item, vettingStatus: "Approved" }]]);
  });

  test("takes three business days for a vetting by default", async () => {
    const friday = "2020-12-04T20:54:24Z";
    await using mock = await startMock({ clock: "manual", now: friday });
    await submit(mock, school, Education);
    mock.advance("P4DT23H59M59S");
    expect(await list(mock, school)).toMatchObject([200, [{ vettingStatus: "InReview" }]]);
    mock.advance("PT1S");
    expect(await list(mock, school)).toMatchObject([200, [{ vettingStatus: "Approved" }]]);
  });

  test("denies with a reason and accepts another request", async () => {
    await using mock = await startMock({ ...monday, reviewTime: "PT1H" });
    await submit(mock, denied, Education);
    mock.advance("PT1H");
    const [, items] = await list(mock, denied);
    expect(items).toMatchObject([
      { vettingStatus: "Denied", vettingReason: "Not an Education Customer" },
    ]);
    expect(await submit(mock, denied, Education)).toMatchObject([
      201,
      { vettingStatus: "InReview" },
    ]);
    expect((await list(mock, denied))[1]).toHaveLength(1);
  });

  test("rejects a repeated request during and after the review with 409", async () => {
    await using mock = await startMock({ ...monday, reviewTime: "PT1H" });
    await submit(mock, school, Education);
    expect((await submit(mock, school, Education))[0]).toBe(409);
    mock.advance("PT1H");
    expect((await submit(mock, school, Education))[0]).toBe(409);
    await submit(mock, school, StateOwned);
    expect((await submit(mock, school, StateOwned))[0]).toBe(409);
  });

  test("sets StateOwnedEntity at once, even beside Education", async () => {
    await using mock = await startMock(monday);
    await submit(mock, school, Education);
    expect(await submit(mock, school, StateOwned)).toEqual([201, StateOwned]);
    expect(await list(mock, school)).toMatchObject([200, [Education, StateOwned]]);
  });

  test("rejects Education with GovernmentCommunityCloud in either order", async () => {
    await using mock = await startMock(monday);
    const government = { ...Government, validationCode: "12345" };
    await submit(mock, school, Education);
    expect((await submit(mock, school, government))[0]).toBe(409);
    await submit(mock, denied, government);
    expect((await submit(mock, denied, Education))[0]).toBe(409);
  });
});

describe("requests", () => {
  test.each([
    ["an impossible duration", { reviewTime: "3 days" }, /"3 days" is not an ISO 8601 duration/],
    ["a negative duration", { reviewTime: "-PT1H" }, /"-PT1H" is not an ISO 8601 duration/],
    [
      "an excessive duration",
      { reviewTime: "P999999Y" },
      /"P999999Y" is too long; the longest duration is 100 years/,
    ],
    ["a date that is not ISO", { clock: "manual", now: "12/04/2020" }, /is not an ISO 8601 date/],
    ["a date for the real clock", { now: "2020-12-04" }, /clock: "manual"/],
    ["an impossible date", { clock: "manual", now: "yesterday" }, /"yesterday" is not an ISO 8601/],
  ] as const)("rejects %s at startup", async (_, options, message) => {
    await expect(startMock(options)).rejects.toThrow(message);
  });

  test("decides the retired calls at once, in lower case", async () => {
    await using mock = await startMock(monday);
    const put = async (id: string, body: string | number, query = "") => {
      const response = await fetch(`${mock.url}/v1/customers/${id}/qualification${query}`, {
        method: "PUT",
        headers: { Authorization: "Bearer any", "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
      return [response.status, await response.json()];
    };
    expect(await call(mock, `${school}/qualification`)).toEqual([200, "none"]);
    expect(await put(school, 3, "?code=12345")).toEqual([200, "governmentcommunitycloud"]);
    expect(await call(mock, `${school}/qualification`)).toEqual([200, "governmentcommunitycloud"]);
    expect(await put(denied, "Education")).toEqual([400, "Customer tagging denied."]);
  });

  test("finds customers by the start of their name, page by page", async () => {
    await using mock = await startMock();
    const filter = { Field: "CompanyName", Value: "cont", Operator: "starts_with" };
    const query = `?size=1&filter=${encodeURIComponent(JSON.stringify(filter))}`;
    const names: string[] = [];
    let token: string | undefined;
    do {
      const response = await fetch(`${mock.url}/v1/customers${query}`, {
        headers: { Authorization: "Bearer any", ...(token && { "MS-ContinuationToken": token }) },
      });
      const page = (await response.json()) as {
        items: { companyProfile: { companyName: string } }[];
        links: { next?: { headers: [{ key: string; value: string }] } };
      };
      names.push(...page.items.map(({ companyProfile }) => companyProfile.companyName));
      token = page.links.next?.headers[0].value;
    } while (token);
    expect(names).toEqual(["Contoso", "Contoso College"]);
  });

  test("rejects an unsupported filter and names the invalid members", async () => {
    await using mock = await startMock();
    const filter = encodeURIComponent('{"Field":"CompanyName","Value":"a","Operator":"contains"}');
    const path = `${mock.url}/v1/customers?filter=${filter}`;
    const response = await fetch(path, { headers: { Authorization: "Bearer any" } });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: "2000", data: ["Operator"] });
  });

  test("keeps serving after a request without an end", async () => {
    const mock = await startMock();
    const { port } = new URL(mock.url);
    const socket = connect(Number(port), "127.0.0.1");
    socket.on("error", () => {});
    socket.write(
      "POST /v1/customers/all/validations HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc",
    );
    await once(socket, "connect");
    await mock.close();
    expect(await fetch(mock.url).catch((error: Error) => error.message)).toBe("fetch failed");
  });
});

describe("approves at once with a validation code, in body or query, once", () => {
  test("uses a validation code once, in body or query", async () => {
    await using mock = await startMock(monday);
    const codes = async () => {
      const [, body] = await call(mock, "all/validations");
      return (body as { validationId: string; remainingCreates: number }[]).map(
        ({ validationId, remainingCreates }) => [validationId, remainingCreates],
      );
    };
    expect(await codes()).toEqual([
      ["12345", 4],
      ["67890", 0],
    ]);
    expect(await submit(mock, school, Government, "?code=12345")).toMatchObject([
      201,
      { vettingStatus: "Approved", vettingCreateDate: "2020-12-07T09:00:00Z" },
    ]);
    expect((await submit(mock, denied, { ...Government, validationCode: "12345" }))[0]).toBe(201);
    expect((await codes())[0]).toEqual(["12345", 2]);
  });

  test.each([
    ["missing", {}, ""],
    ["unknown", { validationCode: "1" }, ""],
    ["exhausted", { validationCode: "67890" }, ""],
    ["differs from", { validationCode: "12345" }, "?code=67890"],
  ])("rejects a validation code with 400 and uses none: %s", async (why, extra, query) => {
    await using mock = await startMock(monday);
    expect(await submit(mock, school, { ...Government, ...extra }, query)).toMatchObject([
      400,
      { code: "3000", description: expect.stringContaining(why) },
    ]);
    expect(await list(mock, school)).toEqual([200, []]);
    expect((await call(mock, "all/validations"))[1]).toMatchObject([{ remainingCreates: 4 }, {}]);
  });
});

describe("customers and worlds", () => {
  test("refuses requests about failing test customers", async () => {
    await using mock = await startMock();
    for (const [id, status, code] of [
      ["00000000-0000-4000-8000-000000000403", 403, 20002],
      ["00000000-0000-4000-8000-000000000404", 404, "60003"],
    ] as const) {
      expect(await list(mock, id)).toMatchObject([status, { code }]);
      expect(await submit(mock, id, Education)).toMatchObject([status, { code }]);
    }
  });

  test("ignores the case of a customer id", async () => {
    await using mock = await startMock(monday);
    const id = "aaaaaaaa-2222-3333-4444-555555555555";
    await submit(mock, id.toUpperCase(), Education);
    expect((await list(mock, id))[1]).toHaveLength(1);
  });

  test("decodes a percent-encoded customer id", async () => {
    await using mock = await startMock(monday);
    await submit(mock, school, Education);
    expect((await list(mock, school.replace("1", "%31")))[1]).toHaveLength(1);
  });

  test("shares nothing between two mocks", async () => {
    await using one = await startMock(monday);
    await using other = await startMock(monday);
    await submit(one, school, Education);
    expect(await list(other, school)).toEqual([200, []]);
  });

  test("echoes identifiers as sent", async () => {
    await using mock = await startMock(monday);
    const response = await fetch(`${mock.url}/v1/customers/all/validations`, {
      headers: {
        Authorization: "Bearer any",
        "MS-RequestId": "037DB222-6d8e-4d7f-ba78-df3dca33fb68",
        "MS-CorrelationId": "7d2456fd-2d79-46d0-9f8e-5d7ecd5f8745",
      },
    });
    expect(response.headers.get("MS-RequestId")).toBe("037DB222-6d8e-4d7f-ba78-df3dca33fb68");
    expect(response.headers.get("MS-CorrelationId")).toBe("7d2456fd-2d79-46d0-9f8e-5d7ecd5f8745");
    expect(response.headers.get("Date")).toBe("Mon, 07 Dec 2020 09:00:00 GMT");
  });
});
