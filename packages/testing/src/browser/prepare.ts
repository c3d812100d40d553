// Makes a browser ready before any test starts, so that a missing one is one line and not a failed suite.

import { findBrowser } from "./find.ts";

findBrowser().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
