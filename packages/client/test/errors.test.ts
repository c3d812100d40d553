import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import * as built from "@partner-qualifications/client";
import * as source from "../src/index.ts";
import { customerId, failureOf, json, world } from "./world.ts";

const classes: Record<string, unknown> = { ...source };
const fault = {
  code: 20002,
  description: "No relationship between caller and account.",
  data: [],
  source: "PartnerFD",
};

const echo = (status: number) => () =>
  json({ code: "1", description: "You sent Bearer canary-token" }, status);

/** Distinguishes errors like a user. */
function remedyFor(error: source.PartnerCenterError): string {
  switch (error.kind) {
    case "conflict":
      return `there already (${error.status satisfies 409})`;
    case "throttled":
      return `wait ${error.retryAfterMs}`;
    default:
      return error.message;
  }
}

describe("the class of an error", () => {
  test.each([
    [400, "BadRequestError"],
    [401, "AuthenticationError"],
    [403, "PermissionError"],
    [404, "NotFoundError"],
    [405, "BadRequestError"],
    [409, "ConflictError"],
    [415, "BadRequestError"],
    [417, "BadRequestError"],
    [429, "ThrottledError"],
    [500, "ServerError"],
    [501, "ServerError"],
    [504, "ServerError"],
    [302, "UnexpectedResponseError"],
  ] as const)("throws %2$s for a %1$i", async (status, name) => {
    const { client } = world([json(fault, status)], { credential: "none" });
    const error = await failureOf(client.qualifications.list(customerId));
    expect(error).toBeInstanceOf(classes[name]);
    expect(error).toBeInstanceOf(source.PartnerCenterError);
    expect(error).toMatchObject({
      name,
      status,
      code: "20002",
      source: "PartnerFD",
      operation: "listQualifications",
    });
    expect(error.stack).toMatch(
      new RegExp(`^${name}: Partner Center returned ${status} \\(code 20002\\)`),
    );
  });

  test("gives an error exactly one class", async () => {
    const { client } = world([json(fault, 403)]);
    const error = await failureOf(client.qualifications.list(customerId));
    expect(error).not.toBeInstanceOf(source.NotFoundError);
    expect(null).not.toBeInstanceOf(source.PartnerCenterError);
    expect({ kind: "permission" }).not.toBeInstanceOf(source.PermissionError);
  });

  test("recognizes errors of another copy of the package by instanceof", async () => {
    const { client } = world([json(fault, 403)]);
    const error = await failureOf(client.qualifications.list(customerId));
    expect(built.PermissionError).not.toBe(source.PermissionError);
    expect(error).toBeInstanceOf(built.PermissionError);
    expect(error).not.toBeInstanceOf(built.ConflictError);
  });

  test("keeps a foreign subclass apart", async () => {
    class Mine extends source.ConflictError {}
    const { client } = world([json(fault, 409)]);
    const error = await failureOf(client.qualifications.list(customerId));
    expect(error).toBeInstanceOf(source.ConflictError);
    expect(error).not.toBeInstanceOf(Mine);
  });

  test("narrows every kind in a switch", async () => {
    const { client } = world([json(fault, 409)]);
    const error = await failureOf(client.qualifications.list(customerId));
    expect(remedyFor(error as never)).toBe("there already (409)");
  });
});

describe("the body of an error", () => {
  test.each([
    [
      "the gateway's object",
      '{ "statusCode": 429, "message": "Slow down." }',
      undefined,
      "Slow down.",
    ],
    [
      "a token endpoint's object",
      '{"error":"invalid_grant","error_description":"Expired."}',
      "invalid_grant",
      "Expired.",
    ],
    ["a bare JSON string", '"Customer tagging denied."', undefined, "Customer tagging denied."],
    ["text", "Service\n down", undefined, "Service down"],
    ["a page", "<html><h1>502</h1> <p>Bad Gateway</p></html>", undefined, "502 Bad Gateway"],
    ["truncated JSON", '{"code":"1', undefined, '{"code":"1'],
    ["a byte order mark first", '\uFEFF{"code":"7","description":"Seven"}', "7", "Seven"],
    ["null", "null", undefined, "null"],
    ["an object with nothing in it", '{"code":null}', undefined, '{"code":null}'],
    ["nothing", "", undefined, undefined],
  ])("reads an error body of the kind: %s", async (_, body, code, description) => {
    const { client } = world([new Response(body, { status: 400 })]);
    expect(await failureOf(client.qualifications.list(customerId))).toMatchObject({
      code,
      description,
    });
  });

  test("reads at most 64 KiB of an error body", async () => {
    let pulled = 0;
    // Three bytes per character, since the limit counts bytes.
    const chunk = new TextEncoder().encode("€".repeat(5000));
    const endless = () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            pulled++;
            controller.enqueue(chunk);
          },
        }),
        { status: 400 },
      );
    const { client } = world([endless]);
    const error = await failureOf(client.qualifications.list(customerId));
    expect(error.description).toBe("€".repeat(1024));
    expect(pulled).toBeLessThan(8);
  });

  test.each([
    [0, "read"],
    [1, "larger than 16777216 bytes"],
  ])("limits a success to 16 MiB: %i bytes more are %s", async (more, outcome) => {
    const body = `["${"€".repeat(5592404)}"]`.padEnd(2 ** 24 - 2 * 5592404 + more);
    expect(new TextEncoder().encode(body)).toHaveLength(2 ** 24 + more);
    const { client } = world([new Response(body)]);
    const result = await client.validationCodes.list().then(
      () => "read",
      (error: Error) => error.message,
    );
    expect(result).toContain(outcome);
  });

  test("links a code to its page if docsBase is set", async () => {
    const { client } = world([json(fault, 403)], { docsBase: "https://docs.example/errors/" });
    expect(await failureOf(client.qualifications.list(customerId))).toMatchObject({
      docs: "https://docs.example/errors/20002",
    });
  });
});

describe("the views of an error", () => {
  test("fills a support bundle with everything support needs", async () => {
    const { client } = world([json(fault, 403)]);
    const error = (await failureOf(
      client.qualifications.list(customerId),
    )) as unknown as source.PermissionError;
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      kind: "permission",
      message:
        "Partner Center returned 403 (code 20002): No relationship between caller and account.",
      time: expect.stringMatching(/^\d{4}-/),
      status: 403,
      code: "20002",
      description: "No relationship between caller and account.",
      source: "PartnerFD",
      operation: "listQualifications",
      requestId: expect.stringMatching(/^.{36}$/),
      correlationId: expect.stringMatching(/^.{36}$/),
      attempts: 1,
    });
  });

  test("shows the token in no view, even if the service repeats it", async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const aborting = () => (controller.abort(), new Promise<Response>(() => {}));
    const body = {
      qualification: "GovernmentCommunityCloud",
      validationCode: "canary-code",
    } as const;
    const answers = [
      echo(401),
      echo(500),
      echo(400),
      new TypeError("reset"),
      json({}, 200),
      aborting,
    ];
    const errors: Error[] = [];
    for (const answer of answers) {
      const { client } = world([answer]);
      // Where the error is created, the call's headers, address and body are available.
      const calls = [
        client.qualifications.list(customerId, { signal }),
        client.qualifications.request(customerId, body, { signal }),
      ];
      for (const result of await Promise.allSettled(calls)) {
        if (result.status === "rejected") errors.push(result.reason as Error);
      }
    }
    // Only the request answered with 200 succeeds.
    expect(errors).toHaveLength(2 * answers.length - 1);
    for (const error of errors) {
      const views = [
        inspect(error, { depth: 9, showHidden: true }),
        JSON.stringify(error),
        error.stack,
        String(error),
        JSON.stringify((error as unknown as source.PartnerCenterError).toSupportBundle()),
      ];
      expect(views.join()).not.toContain("canary");
    }
  });

  test("removes every spelling of a repeated secret", async () => {
    const escaped = new Response(
      '{"code":"1","description":"You sent canary\\u002dtoken, canary code"}',
      { status: 400 },
    );
    const phrase = new Response("", { status: 500, statusText: "canary-token" });
    const address = json({ code: "1", description: "No such page: ?code=canary%20code" }, 404);
    for (const answer of [escaped, phrase, address]) {
      const { client } = world([answer]);
      const error = await failureOf(
        client.qualifications.request(customerId, {
          qualification: "GovernmentCommunityCloud",
          validationCode: "canary code",
        }),
      );
      expect(inspect(error) + JSON.stringify(error)).not.toContain("canary");
    }
  });

  test("hides a cause's members from console", async () => {
    const cause = Object.assign(new Error("leak"), { config: { secret: "canary" } });
    const { client } = world([cause], { retry: { maxAttempts: 1 } });
    const error = await failureOf(client.qualifications.list(customerId));
    expect(error.original).toBe(cause);
    expect(inspect(error)).not.toContain("canary");
    expect(inspect(error)).toContain("cause: Error");
  });
});
