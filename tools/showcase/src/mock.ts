import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { startMock } from "@partner-qualifications/mock";

const address = "http://127.0.0.1:4010";
const qualifications = `${address}/v1/customers/11111111-2222-3333-4444-555555555555/qualifications`;
const token = '-H "Authorization: Bearer any"';

/** The mock's clock moved by curl, and its test customers as it serves them. */
export async function mock(directory: URL): Promise<void> {
  let transcript = "Made by `pnpm showcase mock`.\n\n# The clock\n\n";
  await using running = await startMock({ port: 4010 });
  const run = async (command: string) => {
    const { stdout } = await promisify(execFile)("bash", ["-c", command]);
    transcript += `$ ${command}\n${stdout.trimEnd()}\n\n`;
  };
  const freeze = '{"mode":"manual","now":"2030-01-07T09:00:00Z"}';
  await run(`curl -s -X PUT ${address}/_mock/clock \\\n  --json '${freeze}'`);
  await run(`curl -s ${qualifications} \\\n  ${token} --json '{"qualification":"Education"}'`);
  await run(`curl -s ${qualifications} \\\n  ${token}`);
  await run(`curl -s ${address}/_mock/clock/advance --json '{"by":"P3D"}'`);
  await run(`curl -s ${qualifications} \\\n  ${token}`);

  const served = await fetch(`${running.url}/_mock/test-customers`);
  const { customers, tokens } = (await served.json()) as {
    customers: { id: string; summary: string }[];
    tokens: { token: string; summary: string }[];
  };
  transcript += `# GET /_mock/test-customers\n\n${[
    ...customers.map(({ id, summary }) => `${id}  ${summary}`),
    ...tokens.map(({ token: value, summary }) => `Bearer ${value.padEnd(29)}  ${summary}`),
  ].join("\n")}\n`;

  await writeFile(new URL("mock.txt", directory), transcript);
}
