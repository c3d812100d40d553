import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { addConnectionOptions, type ConnectionOptions, credentialOf } from "../connection.ts";
import { exitCodes } from "../failure.ts";
import { printJson, printTable } from "../print.ts";

/** Adds the commands about the sign-in. */
export function addAccount(program: Command): void {
  program
    .command("login")
    .description(
      "sign in once and store the refresh token; takes the options of qualifications-consent",
    )
    .helpOption(false)
    .allowUnknownOption()
    .allowExcessArguments()
    .action(login);
  addConnectionOptions(program.command("whoami"))
    .description("print as whom the commands act")
    .option("--json", "print JSON for programs")
    .action(whoami);
}

async function login(_options: object, command: Command): Promise<void> {
  const entry = import.meta.resolve("@partner-qualifications/credentials");
  const consent = fileURLToPath(new URL("cli.js", entry));
  const child = spawn(process.execPath, [consent, ...command.args], { stdio: "inherit" });
  const [code] = (await once(child, "close")) as [number | null];
  process.exitCode = code ?? exitCodes.failed;
}

interface Claims {
  tid?: string;
  upn?: string;
  unique_name?: string;
  appid?: string;
  idtyp?: string;
  aud?: string;
  exp?: number;
}

async function whoami({ json, ...options }: ConnectionOptions & { json?: boolean }): Promise<void> {
  const credential = await credentialOf(options);
  const token =
    typeof credential === "function" ? credential() : (await credential.getToken([])).token;
  const claims = readClaims(token);
  const found = {
    user: claims?.upn ?? claims?.unique_name ?? null,
    tenant: claims?.tid ?? null,
    application: claims?.appid ?? null,
    audience: claims?.aud ?? null,
    expires: claims?.exp === undefined ? null : new Date(claims.exp * 1000).toISOString(),
    note: claims ? null : "The token is not a JWT, so what it says cannot be read.",
  };
  if (json) return printJson(found);
  printTable(
    ["", ""],
    Object.entries(found).filter(([, value]) => value !== null),
  );
}

/** To show them only: what counts is Partner Center's own reading. */
function readClaims(token: string): Claims | undefined {
  try {
    return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Claims;
  } catch {
    return undefined;
  }
}
