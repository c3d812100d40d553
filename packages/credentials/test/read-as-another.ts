// Reads a store without permission: as another user, or after removing this user's read permission.
import { chmod } from "node:fs/promises";
import {
  CredentialError,
  credentialFromEnvironment,
  environments,
} from "@partner-qualifications/credentials";

const credential = credentialFromEnvironment();
const file = process.env.PARTNER_CENTER_REFRESH_TOKEN_FILE!;
if (process.getuid?.() === 0) process.seteuid?.(65_534);
else await chmod(file, 0o000);
try {
  await credential.getToken(environments.global.appOnlyScope);
} catch (error) {
  if (!(error instanceof CredentialError)) throw error;
  console.log(error.kind, error.message);
}
