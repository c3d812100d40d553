import { startMock } from "@partner-qualifications/mock";
import { expect, test, vi } from "vitest";
import { customerId, run } from "./world.ts";

vi.setConfig({ testTimeout: 120_000 });

test("requests a qualification and prints a customer's qualifications", async () => {
  await using mock = await startMock({ clock: "manual" });
  const options = ["--base-url", mock.url, "--token", "any"];
  const preview = await run(["request", customerId(1), "edu", "--segment", "K12", "--dry-run"]);
  expect(JSON.parse(preview.out)).toMatchObject({
    method: "POST",
    body: { educationSegment: "K12" },
  });
  const { code, out } = await run([
    "request",
    customerId(1),
    "education",
    "--segment",
    "K12",
    ...options,
  ]);
  expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining("InReview") });
  mock.advance("P5D");
  const got = await run(["get", customerId(1), "--json", ...options]);
  expect(JSON.parse(got.out)).toMatchObject([
    { qualification: "Education", vettingStatus: "Approved" },
  ]);
  expect((await run(["watch", customerId(1), ...options])).out).toContain("Approved");
  expect((await run(["customers", "--search", "bellows", ...options])).out).toContain(
    "Bellows College",
  );
  expect((await run(["codes", ...options])).out).toContain("4 of 5");
});

test.for<[args: string[], code: number, message: string]>([
  [["errors", "20002"], 0, "no commerce relationship"],
  [["whoami", "--token", "opaque"], 0, "not a JWT"],
  [["whoami"], 2, "PARTNER_CENTER_TENANT"],
  [["request", customerId(1), "education"], 2, "has no education segment"],
  [["portfolio", "run", "--speed", "0"], 2, "Give a number greater than 0"],
  [["portfolo"], 2, "Did you mean portfolio?"],
  [["--help"], 0, "Exit codes:"],
  [["complete", "--", "portfolio", "export", "--format"], 0, "csv\njson\nhtml"],
])("prints one clear message: %s", async ([args, code, message]) => {
  vi.stubEnv("PARTNER_CENTER_TENANT", "");
  const ended = await run(args);
  expect({ code: ended.code, text: ended.out + ended.err }).toEqual({
    code,
    text: expect.stringContaining(message),
  });
  // oxlint-disable-next-line no-control-regex -- an escape starts a color
  expect(ended.out + ended.err).not.toMatch(/\u001B|at .*\.js:/);
});
