import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { exitCodes } from "../failure.ts";
import { addOptions, type ConnectionOptions, credentialOf } from "../options.ts";
import { printJson, printTable } from "../print.ts";

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
    .description("print as whom the commands act")
    .action(whoami);
}

async function login(_options: object, command: Command): Promise<void> {
  const consent = new URL("cli.js", import.meta.resolve("@partner-qualifications/credentials"));
  const args = [fileURLToPath(consent), ...command.args];
  const [code] = await once(spawn(process.execPath, args, { stdio: "inherit" }), "close");
  process.exitCode = (code as number | null) ?? exitCodes.failed;
}

async function whoami({ json, token: given }: ConnectionOptions & { json?: boolean }) {
  const credential = await credentialOf(given);
  const token =
    typeof credential === "function" ? credential() : (await credential.getToken([])).token;
  const claims = readClaims(token);
  const found = {
    user: claims?.upn ?? claims?.unique_name ?? null,
    tenant: claims?.tid ?? null,
    application: claims?.appid ?? null,
    audience: claims?.aud ?? null,
    expires: claims?.exp ? new Date(Number(claims.exp) * 1000).toISOString() : null,
    note: claims ? null : "The token is not a JWT, so what it says cannot be read.",
  };
  if (json) return printJson(found);
  printTable(
    ["", ""],
    Object.entries(found).filter(([, value]) => value !== null),
  );
}

/** To show them only: what counts is Partner Center's own reading. */
function readClaims(token: string): Record<string, string> | undefined {
  try {
    return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
  } catch {
    return undefined;
  }
}
