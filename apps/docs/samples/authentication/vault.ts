import { createQualificationsClient } from "@partner-qualifications/client";
import { appUserCredential, callbackRefreshTokenStore } from "@partner-qualifications/credentials";
import { readFile, writeFile } from "node:fs/promises";

const { env } = process;
const secret = env.PARTNER_CENTER_REFRESH_TOKEN_FILE ?? ""; // in place of your vault
const credential = appUserCredential({
  tenant: env.PARTNER_CENTER_TENANT ?? "",
  clientId: env.PARTNER_CENTER_CLIENT_ID ?? "",
  clientSecret: env.PARTNER_CENTER_CLIENT_SECRET ?? "",
  store: callbackRefreshTokenStore({
    read: async () => (await readFile(secret, "utf8")).trim(),
    write: (token) => writeFile(secret, token), // each use brings a new one
  }),
});
const { qualifications } = createQualificationsClient({
  credential,
});
console.log(await qualifications.list("11111111-2222-3333-4444-555555555555"));
