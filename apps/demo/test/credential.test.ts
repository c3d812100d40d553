import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMock } from "@partner-qualifications/mock";
import { startEntra } from "@partner-qualifications/testing/entra";
import { expect, test, vi } from "vitest";
import { readSettings } from "../host/server/read-settings.ts";
import { startDemo } from "../host/server/start-demo.ts";
import { request } from "./support/server.ts";

vi.setConfig({ testTimeout: 60_000 });

const school = "22222222-2222-3333-4444-555555555555";
test("signs in with environment variables, and explains a failure", async () => {
  await using entra = await startEntra();
  await using mock = await startMock({ now: new Date().toISOString(), clock: "manual" });
  const folder = await mkdtemp(join(tmpdir(), "demo-"));
  const file = join(folder, "refresh-token");
  await writeFile(file, entra.issueRefreshToken(), { mode: 0o600 });
  const env = {
    PARTNER_CENTER_TENANT: entra.tenant,
    PARTNER_CENTER_CLIENT_ID: entra.clientId,
    PARTNER_CENTER_CLIENT_SECRET: entra.clientSecret,
    PARTNER_CENTER_AUTHORITY: entra.url,
    PARTNER_CENTER_REFRESH_TOKEN_FILE: file,
  };
  // Each reads its settings, as a process does: a credential keeps its token.
  const start = () =>
    startDemo({ ...readSettings(env), port: 0, stateFile: undefined, baseUrl: mock.url });
  await using demo = await start();
  expect((await request(demo.url, school)).status).toBe(201);

  // The consent is revoked, and a new process has no token yet.
  for (const token of entra.refreshTokens) entra.revoke(token);
  await using next = await start();
  const refused = await request(next.url, school);
  expect(refused.status).toBe(401);
  const text = await refused.text();
  expect(JSON.parse(text)).toMatchObject({
    support: { kind: "authentication" },
    advice: expect.stringContaining("qualifications-consent") as string,
  });
  for (const secret of entra.secrets()) expect(text).not.toContain(secret);
  await rm(folder, { recursive: true });
});
