// Runs the demo alone, with the settings of environment variables: `pnpm demo`.

import { readSettings } from "./read-settings.ts";
import { startDemo } from "./start-demo.ts";

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  await using demo = await startDemo(settings);
  if (!settings.baseUrl && !process.env.PARTNER_CENTER_REFRESH_TOKEN_FILE) {
    console.log("Without PARTNER_CENTER_REFRESH_TOKEN_FILE the demo can read, but not request.");
  }
  console.log(`Demo on ${demo.url}. Ctrl-C stops it; the next start continues its reviews.`);
  await new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, resolve);
  });
}

main().then(
  // Connections that a browser keeps open must not hold the process.
  () => process.exit(),
  (error: Error) => {
    console.error(`demo: ${error.message}`);
    process.exit(1);
  },
);
