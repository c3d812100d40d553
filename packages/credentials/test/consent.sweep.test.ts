import { chmod, readdir, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { browse, consent, freePort } from "./consent.ts";

// Processes are slow to start on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

test("keeps waiting after a request without an address", async () => {
  await using c = await consent();
  const address = await c.address();
  for (const target of ["//", "//[", "*", "http://[/", ":x"]) {
    const socket = connect(c.port, "127.0.0.1");
    socket.end(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    const [answer] = (await once(socket, "data")) as [Buffer];
    expect(answer.toString(), target).toMatch(/^HTTP\/1.1 40[04] /);
    socket.destroy();
  }
  expect((await browse(address)).text).toContain("Signed in");
});

test("answers other requests on the port with 404", async () => {
  await using c = await consent();
  await c.address();
  for (const path of ["/", "/favicon.ico", "/other?code=x&state=y"]) {
    expect((await browse(`http://localhost:${c.port}${path}`)).status).toBe(404);
  }
  const state = (await c.address()).searchParams.get("state");
  const posted = await fetch(`http://localhost:${c.port}/?code=x&state=${state}`, {
    method: "POST",
  });
  expect(posted.status).toBe(404);
  expect(c.command.output.stderr).toBe("");
});

test("reports a rejected code in the terminal and on the page", async () => {
  await using c = await consent();
  const address = await c.address();
  c.entra.failNext({ kind: "refuse", error: "invalid_client", code: 7000222, status: 401 });
  expect((await browse(address)).text).toContain("The client secret has expired");
  expect(await c.command.ended).toMatchObject({ code: 1 });
  expect(c.command.output.stderr).toMatch(/client secret has expired.*\n.*Trace id: [0-9a-f-]{36}/);
  expect(await readdir(c.folder)).toEqual([]);
});

test("reports a broken token endpoint in the browser too", async () => {
  await using c = await consent();
  const address = await c.address();
  c.entra.failNext({ kind: "drop" });
  expect((await browse(address)).text).toContain("cannot be reached");
  expect(await c.command.ended).toMatchObject({ code: 1 });
});

test("runs every example of its help", async () => {
  await using h = await consent({}, { args: ["--help"] });
  await h.command.ended;
  const examples = h.command.output.stdout.match(
    /(?<=^ {2}qualifications-consent ).*?(?= {2}|$)/gm,
  );
  expect(examples?.length).toBeGreaterThanOrEqual(2);
  for (const example of examples ?? []) {
    // Substitutes a reader's values: a free port, and this test as the browser.
    const args = example
      .replace("…", h.entra.clientId)
      .replace("contoso.onmicrosoft.com", h.entra.tenant)
      .replace("./refresh-token", join(h.folder, "refresh-token"))
      .replace("--port 9000", `--port ${await freePort()}`)
      .split(" ");
    await using c = await consent({}, { args: [...args, "--print"] });
    await browse(await c.address());
    expect(await c.command.ended, example).toMatchObject({ code: 0 });
  }
});

// Other systems would open the user's browser.
test.runIf(process.platform === "linux")(
  "opens the browser with the address without --print",
  async () => {
    const opened: string[] = [];
    const telling = createServer((req, res) => {
      opened.push(decodeURIComponent(req.url!.slice(1)));
      res.end();
    });
    await new Promise<void>((resolve) => telling.listen(0, "127.0.0.1", resolve));
    const { port } = telling.address() as { port: number };
    // xdg-open starts BROWSER where there is no desktop. It splits BROWSER at spaces, so a path would
    // fail in a temporary folder whose name has one.
    await using c = await consent();
    const browser = join(c.folder, "browser");
    const report = `fetch("http://127.0.0.1:${port}/" + encodeURIComponent(process.argv[1]))`;
    await writeFile(browser, `#!/bin/sh\nexec "${process.execPath}" -e '${report}' "$1"\n`);
    await chmod(browser, 0o755);
    const env = { BROWSER: "browser", PATH: `${c.folder}:${process.env.PATH}` };
    await using command = await consent({}, { args: [], env });
    const address = await command.address();
    await expect.poll(() => opened, { timeout: 20_000 }).toEqual([address.href]);
    telling.close();
  },
);
