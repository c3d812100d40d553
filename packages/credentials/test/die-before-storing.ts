// Kills itself between receiving a new refresh token and storing it.
import {
  appUserCredential,
  environments,
  fileRefreshTokenStore,
} from "@partner-qualifications/credentials";

const file = fileRefreshTokenStore(process.env.PARTNER_CENTER_REFRESH_TOKEN_FILE!);
const credential = appUserCredential({
  tenant: process.env.PARTNER_CENTER_TENANT!,
  clientId: process.env.PARTNER_CENTER_CLIENT_ID!,
  clientSecret: process.env.PARTNER_CENTER_CLIENT_SECRET!,
  authority: process.env.PARTNER_CENTER_AUTHORITY,
  store: {
    ...file,
    async write() {
      process.kill(process.pid, "SIGKILL");
    },
  },
});
await credential.getToken(environments.global.appOnlyScope);
console.log("It is still alive.");
