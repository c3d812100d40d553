import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { exitCodes } from "../failure.ts";
import { addOptions, type Flags, credentialOf } from "../options.ts";
import { print } from "../print.ts";

/** Adds the commands about the sign-in. */
export function addAccount(program: Command): void {
  program
    .command("login")
    .description("sign in once and store the refresh token, as qualifications-consent does")
    .helpOption(false)
    .allowUnknownOption()
    .allowExcessArguments()
    .action(login);
  addOptions(program.command("whoami"), "connection", "json")
    .description("print whose identity the commands use")
    .action(whoami);
}

async function login(_options: object, command: Command): Promise<void> {
  const consent = new URL("cli.js", import.meta.resolve("@partner-qualifications/credentials"));
  const args = [fileURLToPath(consent), ...command.args];
  const [code] = await once(spawn(process.execPath, args, { stdio: "inherit" }), "close");
  process.exitCode = (code as number | null) ?? exitCodes.failed;
}

async function whoami({ json, token: given }: Flags) {
  const credential = await credentialOf(given);
  const token =
    typeof credential === "function" ? credential() : (await credential.getToken([])).token;
  const { upn, unique_name, tid, appid, aud, exp, note } = readClaims(token);
  const expires = exp && new Date(Number(exp) * 1000).toISOString();
  const user = upn ?? unique_name;
  const found = { user, tenant: tid, application: appid, audience: aud, expires, note };
  const rows = Object.entries(found).filter(([, value]) => value !== undefined);
  print(json, found, ["", ""], rows);
}

/** To show them only: what counts is Partner Center's own reading. */
function readClaims(token: string): Partial<Record<string, string>> {
  try {
    return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
  } catch {
    return { note: "The token is not a JWT, so its claims cannot be read." };
  }
}
