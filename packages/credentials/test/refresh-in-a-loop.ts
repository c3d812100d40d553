// Requests tokens in a loop after a signal on standard input. Arguments: how many, and the milliseconds
// in between.
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { credentialFromEnvironment, environments } from "@partner-qualifications/credentials";

const [times, pause] = process.argv.slice(2).map(Number);
const credential = credentialFromEnvironment();
console.log("ready");
await once(process.stdin, "data");
for (let count = 0; count < times!; count++) {
  await credential.getToken(environments.global.appOnlyScope, { forceRefresh: true });
  console.log(Date.now());
  await delay(pause);
}
process.exit();
