import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readSettings } from "../host/server/read-settings.ts";

const application = {
  PARTNER_CENTER_TENANT: "contoso.onmicrosoft.com",
  PARTNER_CENTER_CLIENT_ID: "6f9f2f3e-0000-4000-8000-00000000c11e",
  PARTNER_CENTER_CLIENT_SECRET: "do-not-show-this-one",
};

test("needs only the address of the mock", async () => {
  const settings = readSettings({ MOCK_URL: "http://127.0.0.1:4010/" });
  expect(settings).toMatchObject({ port: 4000, host: "127.0.0.1" });
  expect(settings.baseUrl).toBe("http://127.0.0.1:4010");
  expect(settings.stateFile).toMatch(/\.state.reviews\.json$/);
});

test("reads a credential for Partner Center, and sends none to the mock", () => {
  expect(readSettings(application).baseUrl).toBeUndefined();
  expect(readSettings(application).credential).toHaveProperty("getToken");
  const mocked = readSettings({ ...application, MOCK_URL: "http://127.0.0.1:4010" });
  expect(mocked.credential).not.toHaveProperty("getToken");
});

test.each(["global", "usGovernment", "china"])("calls Partner Center in %s", (environment) => {
  const env = { ...application, PARTNER_CENTER_ENVIRONMENT: environment };
  expect(readSettings(env).environment).toBe(environment);
});

test("reports all mistakes with their variables and without secrets", () => {
  const mistaken = {
    ...application,
    PORT: "http",
    HOST: "0.0.0.0",
    MOCK_URL: "",
    PARTNER_CENTER_TENANT: "",
    PARTNER_CENTER_CLIENT_ID: "",
  };
  const read = () => readSettings(mistaken);
  expect(read).toThrow('PORT: "http" is not a port');
  expect(read).toThrow("PUBLIC_URL: is missing. HOST 0.0.0.0 lets other machines in");
  expect(read).toThrow("PARTNER_CENTER_TENANT");
  expect(read).toThrow("PARTNER_CENTER_CLIENT_ID");
  expect(read).not.toThrow("do-not-show-this-one");
});

test.each([
  ["PUBLIC_URL", "qualifications.example.com"],
  ["PUBLIC_URL", "https://example.com/demo"],
  ["MOCK_URL", "127.0.0.1:4010"],
  ["PORT", "70000"],
])("rejects %s=%s", (name, value) => {
  expect(() => readSettings({ MOCK_URL: "http://127.0.0.1:4010", [name]: value })).toThrow(
    `${name}: "${value}" is not`,
  );
});

test("finds every variable in the incomplete .env.example", () => {
  const text = readFileSync(new URL("../.env.example", import.meta.url), "utf8");
  const lines = [...text.matchAll(/^#?([A-Z_]+)=(.*)$/gm)];
  const names = lines.map(([, name]) => name);
  for (const name of ["PORT", "HOST", "PUBLIC_URL", "STATE_FILE", "MOCK_URL", "DOCS_URL"]) {
    expect(names).toContain(name);
  }
  for (const name of Object.keys(application)) expect(names).toContain(name);
  const set = lines.filter(([line]) => !line.startsWith("#"));
  const env = Object.fromEntries(set.map(([, name, value]) => [name, value]));
  expect(() => readSettings(env)).toThrow("see .env.example");
});
