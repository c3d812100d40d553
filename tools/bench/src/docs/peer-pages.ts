import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { peersFolder } from "../peers.ts";
import type { File } from "./front.ts";

const require = createRequire(import.meta.url);
const contract = require.resolve("@partner-qualifications/spec/openapi.json");

/** Scalar's standalone page, set up by its guide. */
const scalar = `<!doctype html>
<html>
  <head>
    <title>Scalar API Reference</title>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
  </head>
  <body>
    <div id="app"></div>
    <script src="/scalar.js"></script>
    <script>
      Scalar.createApiReference('#app', { url: '/openapi.json' })
    </script>
  </body>
</html>`;

/** Other tools' pages of the same contract, by path. */
export async function peerPages(): Promise<Record<string, File>> {
  return {
    "/redoc.html": { type: "text/html", body: await inlinedRedoc() },
    "/scalar.html": { type: "text/html", body: Buffer.from(scalar) },
    "/scalar.js": {
      type: "text/javascript",
      body: await readFile(
        join(peersFolder, "node_modules/@scalar/api-reference/dist/browser/standalone.js"),
      ),
    },
    "/openapi.json": { type: "application/json", body: await readFile(contract) },
  };
}

/** Builds the contract's page with `redocly build-docs --inlineBundle`. */
async function inlinedRedoc(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "redoc-"));
  try {
    const page = join(folder, "redoc.html");
    const command = join(require.resolve("@redocly/cli/package.json"), "../bin/cli.js");
    execFileSync(
      process.execPath,
      [command, "build-docs", contract, "--inlineBundle", "--output", page],
      { env: { ...process.env, REDOCLY_TELEMETRY: "off" }, stdio: "pipe" },
    );
    return await readFile(page);
  } finally {
    await rm(folder, { recursive: true });
  }
}
