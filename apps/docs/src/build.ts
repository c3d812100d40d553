// Builds dist/: the Redoc page of the contract, in one file that loads nothing from elsewhere.

import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const contract = createRequire(import.meta.url).resolve(
  "@partner-qualifications/spec/openapi.json",
);
const dist = new URL("../dist/", import.meta.url);
const page = new URL("index.html", dist);

execFileSync(
  "redocly",
  ["build-docs", contract, "--inlineBundle", "--output", fileURLToPath(page)],
  { env: { ...process.env, REDOCLY_TELEMETRY: "off" }, stdio: ["ignore", "ignore", "inherit"] },
);

// Redoc's own script asks another host for its logo, which hides itself when it cannot be loaded.
const logos = /https:\/\/cdn\.redoc\.ly\/redoc\/logo-mini(-full)?\.svg/g;
const html = readFileSync(page, "utf8");
const found = html.match(logos)?.length;
if (found !== 2) {
  throw new Error(`Expected 2 addresses of Redoc's logo, found ${found}: look at the new Redoc`);
}
writeFileSync(page, html.replace(logos, "data:,"));

for (const extension of [".json", ".yaml"]) {
  cpSync(contract.replace(".json", extension), new URL(`openapi${extension}`, dist));
}
