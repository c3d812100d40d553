// Requests tokens from a silent token endpoint and vault during garbage collection, and prints the
// results. Plain JavaScript, so that every Node runs it: node --expose-gc hang-and-collect.js <authority>
import { setTimeout as delay } from "node:timers/promises";
import { appOnlyCredential, appUserCredential, callbackRefreshTokenStore } from "../dist/index.js";

const options = {
  tenant: "contoso.onmicrosoft.com",
  clientId: "6f9f2f3e-0000-4000-8000-00000000c11e",
  clientSecret: "secret",
  authority: process.argv[2],
};
const scope = "https://api.partnercenter.microsoft.com/.default";
const silent = callbackRefreshTokenStore({ read: () => new Promise(() => {}), write() {} });
const timeoutMs = 3000;

const asked = [
  appOnlyCredential({ ...options, timeoutMs }).getToken(scope),
  appOnlyCredential(options).getToken(scope, { signal: AbortSignal.timeout(timeoutMs) }),
  appUserCredential({ ...options, timeoutMs, store: silent }).getToken(scope),
].map((token) =>
  token.then(
    () => "a token",
    ({ kind }) => kind,
  ),
);
for (let times = 0; times < 10; times++) {
  await delay(100);
  globalThis.gc();
}
const never = delay(30_000, "nothing");
console.log(JSON.stringify(await Promise.all(asked.map((one) => Promise.race([one, never])))));
process.exit();
