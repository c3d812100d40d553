import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startMock } from "@partner-qualifications/mock";

const request = `import { createQualificationsClient } from "@partner-qualifications/client";

const client = createQualificationsClient({
  baseUrl: process.env.MOCK_URL,
  credential: () => "any-token",
});
const vetting = await client.qualifications.request(process.env.CUSTOMER, {
  qualification: "Education",
  educationSegment: "K12",
});
console.log(String(vetting));
`;

const resume = `import { createQualificationsClient } from "@partner-qualifications/client";

const client = createQualificationsClient({
  baseUrl: process.env.MOCK_URL,
  credential: () => "any-token",
});
const vetting = client.qualifications.resume(process.argv[2]);
const outcome = await vetting.pollUntilDone({
  interval: { initialMs: 1000 },
  onProgress: ({ polls, status }) => console.log(\`poll \${polls}: \${status}\`),
});
console.log(outcome);
`;

/** A request in one process, followed to its denial in another. */
export async function resumeElsewhere(directory: URL): Promise<void> {
  await using mock = await startMock({ reviewTime: "PT3S" });
  // A folder of a package that has the client, so that the programs find it.
  const folder = new URL("../../../packages/contract-tests/generated/", import.meta.url);
  mkdirSync(folder, { recursive: true });
  const env = {
    ...process.env,
    MOCK_URL: mock.url,
    CUSTOMER: "00000000-0000-4000-8000-00000000de01",
  };
  let transcript = "The mock's customer …de01 is denied; a vetting takes three seconds.\n\n";
  const run = async (name: string, program: string, ...args: string[]) => {
    const file = new URL(name, folder);
    writeFileSync(file, program);
    const { stdout: output } = await promisify(execFile)(
      process.execPath,
      [fileURLToPath(file), ...args],
      { env },
    );
    transcript += `$ cat ${name}\n${program}\n$ node ${[name, ...args].join(" ")}\n${output}\n`;
    return output.trim();
  };
  const token = await run("request.mjs", request);
  await run("resume.mjs", resume, token);
  writeFileSync(new URL("resume.txt", directory), transcript);
}
