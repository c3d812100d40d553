import { execFile, fork } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { startMock } from "@partner-qualifications/mock";
import { expect, test, vi } from "vitest";
import { patience } from "./support/open.ts";
import { request } from "./support/server.ts";

vi.setConfig({ testTimeout: 4 * patience });

const own = join(import.meta.dirname, "..");
const kept = ["src", "host", "theme", "public", "index.html", "package.json", "vite.config.ts"];

test("builds and follows a request without the showroom's folder", async () => {
  const folder = await mkdtemp(join(tmpdir(), "demo-"));
  const copy = join(folder, "apps", "demo");
  await mkdir(copy, { recursive: true });
  await cp(join(own, "../../tsconfig.base.json"), join(folder, "tsconfig.base.json"));
  for (const name of kept) await cp(join(own, name), join(copy, name), { recursive: true });
  await symlink(join(own, "node_modules"), join(copy, "node_modules"));
  const run = (program: string, ...args: string[]) =>
    // The runner of the tests sets NODE_ENV, with which React would be bundled for development.
    promisify(execFile)(join(own, "node_modules/.bin", program), args, {
      cwd: copy,
      env: { ...process.env, NODE_ENV: "production" },
    });
  await run("vite", "build");
  if (process.env.SWEEPS) {
    await run("tsc", "--noEmit", "-p", "src/browser");
    await run("tsc", "--noEmit", "-p", "src/server");
  }

  await using mock = await startMock();
  const env = { ...process.env, MOCK_URL: mock.url, STATE_FILE: join(folder, "f.json"), PORT: "0" };
  const child = fork(join(copy, "host/server/main.ts"), { env, silent: true });
  try {
    const [text] = (await once(child.stdout!, "data")) as [Buffer];
    const url = /http:\S+(?=\.)/.exec(text.toString())?.[0] ?? "";
    expect(await (await fetch(url)).text()).toContain('<div id="root">');
    const customer = "22222222-2222-3333-4444-555555555555";
    const response = await request(url, customer, { qualification: "StateOwnedEntity" });
    expect(response.status).toBe(201);
    expect((await fetch(`${url}/api/_mock/clock`)).status).toBe(404);
  } finally {
    child.kill("SIGKILL");
    await rm(folder, { recursive: true });
  }
});
