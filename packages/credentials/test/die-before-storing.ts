// A process that is killed when it has a new refresh token and has not stored it.
import { appUserCredential, fileRefreshTokenStore } from "../src/index.ts";
import { checkApplication } from "../src/settings/application.ts";
import { readEnvironment } from "../src/settings/read-environment.ts";
import { scope } from "./world.ts";

const { tenant, clientId } = checkApplication(readEnvironment(process.env));
const file = fileRefreshTokenStore(process.env.PARTNER_CENTER_REFRESH_TOKEN_FILE!);
const credential = appUserCredential({
  tenant,
  clientId,
  clientSecret: process.env.PARTNER_CENTER_CLIENT_SECRET!,
  authority: process.env.PARTNER_CENTER_AUTHORITY,
  store: {
    ...file,
    async write() {
      process.kill(process.pid, "SIGKILL");
    },
  },
});
await credential.getToken(scope);
console.log("It is still alive.");
