import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { startMock } from "@partner-qualifications/mock";

const address =
  "http://127.0.0.1:4010/v1/customers/11111111-2222-3333-4444-555555555555/qualifications";
const post = `curl -si ${address} \\
  -H "Authorization: Bearer any" \\
  -H "Content-Type: application/json" \\
  -H "MS-CorrelationId: 7d2456fd-2d79-46d0-9f8e-5d7ecd5f8745" \\
  -H "MS-RequestId: 037db222-6d8e-4d7f-ba78-df3dca33fb68"`;
const get = `curl -s ${address} -H "Authorization: Bearer any"`;

/** The exchange that this project began with, by curl: before and after the review time. */
export async function exchange(directory: URL): Promise<void> {
  await using mock = await startMock({ port: 4010, clock: "manual", now: "2020-12-04T20:54:24Z" });
  let transcript = "The mock's clock stands at Friday, 2020-12-04T20:54:24Z.\n\n";
  const run = async (command: string) => {
    const { stdout } = await promisify(execFile)("bash", ["-c", command]);
    transcript += `$ ${command}\n${stdout.replaceAll("\r", "").trimEnd()}\n\n`;
  };
  await run(`${post} \\\n  -d '{"qualification":"Education"}'`);
  await run(get);
  mock.advance("P5D");
  transcript += "The clock is moved to Wednesday, three business days later.\n\n";
  await run(get);
  transcript += "A body that is not JSON is refused at once:\n\n";
  await run(`${post} \\\n  -d '{"qualification":' -w '\\n%{time_total} seconds\\n'`);
  await writeFile(new URL("exchange.txt", directory), transcript);
}
