import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startMock } from "@partner-qualifications/mock";
import { startEntra } from "@partner-qualifications/testing/entra";

const program = `import { createInterface } from "node:readline/promises";
import { createQualificationsClient } from "@partner-qualifications/client";
import { credentialFromEnvironment } from "@partner-qualifications/credentials";

const { qualifications } = createQualificationsClient({
  baseUrl: "http://127.0.0.1:5152", // the mock
  credential: credentialFromEnvironment(),
  hooks: { attemptEnd: ({ method, status }) => console.log("  " + method, status) },
});
const customer = "11111111-2222-3333-4444-555555555555";
try {
  const { qualification } = await qualifications.request(customer, {
    qualification: "StateOwnedEntity",
  });
  console.log("asked for", qualification);
  console.log("Enter to poll again");
  await createInterface({ input: process.stdin })[Symbol.asyncIterator]().next();
  console.log(await qualifications.list(customer));
} catch (error) {
  console.log(error.name, error.cause.toJSON());
}
process.exit();
`;

/** Consent, a call, a forced expiry, and a second call with the rotated refresh token. */
export async function credentials(directory: URL): Promise<void> {
  await using entra = await startEntra({ port: 5150 });
  await using mock = await startMock({ port: 5152, clock: "manual", now: new Date().toISOString() });
  // A folder of the package, so that the program finds it and the client.
  const folder = new URL("../../../packages/credentials/generated/", import.meta.url);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL("call.mjs", folder), program);
  const cwd = fileURLToPath(folder);
  const store = new URL("refresh-token", folder);
  rmSync(store, { force: true });
  const shown = {
    PARTNER_CENTER_TENANT: entra.tenant,
    PARTNER_CENTER_CLIENT_ID: entra.clientId,
    PARTNER_CENTER_AUTHORITY: entra.url,
    PARTNER_CENTER_REFRESH_TOKEN_FILE: "refresh-token",
  };
  const env = { ...process.env, ...shown, PARTNER_CENTER_CLIENT_SECRET: entra.clientSecret };

  let transcript = `Made by \`pnpm showcase credentials\`. A test server on 5150 simulates Entra, the mock on 5152 for
Partner Center. No token is shown, only the beginning of its SHA-256.

${Object.entries(shown).map(([name, value]) => `$ export ${name}=${value}\n`).join("")}$ read -rs PARTNER_CENTER_CLIENT_SECRET && export PARTNER_CENTER_CLIENT_SECRET

`;
  const start = (args: string[]) => {
    const child = spawn(process.execPath, args, { cwd, env });
    const output = { text: "" };
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (output.text += text));
    }
    const printed = async (pattern: RegExp) => {
      while (!pattern.test(output.text)) {
        if (child.exitCode !== null) throw new Error(`It ended: ${output.text}`);
        await Promise.race([once(child.stdout, "data"), closed]);
      }
      return pattern.exec(output.text) ?? [];
    };
    const closed = once(child, "close");
    return { child, output, printed, closed };
  };
  const look = async () => {
    const command = "stat -c '%A %n' refresh-token; sha256sum refresh-token | cut -c 1-8";
    const { stdout } = await promisify(execFile)("bash", ["-c", command], { cwd });
    transcript += `$ ${command}\n${stdout}\n`;
  };

  const consent = start(["../dist/cli.js", "--print", "--port", "5151"]);
  const [, address = ""] = await consent.printed(/^ {2}(http\S+)$[^]*Waiting/m);
  const before = consent.output.text.length;
  const page = await (await fetch(address)).text();
  await consent.closed;
  const text = consent.output.text.replaceAll(cwd, "…/packages/credentials/generated/");
  const [, heading, words] = /<h1>(.*)<\/h1>\n<p>(.*)<\/p>/.exec(page) ?? [];
  transcript += `$ npx qualifications-consent --print --port 5151
${text.slice(0, before)}
[the user opens the address, signs in and answers the second factor; the browser ends on a page
"${heading}: ${words}"]
${text.slice(before)}
`;
  await look();

  const call = start(["call.mjs"]);
  await call.printed(/Enter to poll again/);
  const first = call.output.text;
  mock.advance("PT2H");
  entra.skewMs += 2 * 3600_000;
  call.child.stdin.end("\n");
  await call.closed;
  transcript += `$ cat call.mjs\n${program}\n$ node call.mjs\n${first}
[for Entra and Partner Center two hours pass: the access token has expired]

${call.output.text.slice(first.length)}
`;
  await look();

  entra.revoke((await readFile(store, "utf8")).trim());
  const refused = start(["call.mjs"]);
  await refused.closed;
  transcript += `[an administrator revokes the user's sessions]\n\n$ node call.mjs\n${refused.output.text}\n`;

  transcript += "What the token endpoint was asked:\n\n";
  for (const [index, { grant, status, form }] of entra.requests.entries()) {
    const given = status === 200 ? mark(entra.refreshTokens[index]) : "–";
    transcript += `  ${grant.padEnd(18)}  sent ${mark(form.refresh_token).padEnd(8)}  ${status}  given ${given}\n`;
  }
  for (const secret of entra.secrets()) {
    if (transcript.includes(secret)) throw new Error("The transcript shows a secret");
  }
  rmSync(store, { force: true });
  writeFileSync(new URL("credentials.txt", directory), transcript);
}

/** Distinguishes tokens without showing them. */
function mark(token: string | undefined): string {
  return token ? createHash("sha256").update(`${token}\n`).digest("hex").slice(0, 8) : "–";
}
