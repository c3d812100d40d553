// Prepares the browser before any test starts, so that a missing one is reported in one line instead of
// failing the suite.

import { findBrowser } from "./find.ts";

findBrowser().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
