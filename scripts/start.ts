// `pnpm start`: the mock, the demo and the docs in one process, so that stopping it leaves nothing.

import { parseArgs } from "node:util";
import { startDemo } from "@partner-qualifications/demo";
import { startDocs } from "@partner-qualifications/docs";
import { startMock } from "@partner-qualifications/mock";

const customerId = "11111111-2222-3333-4444-555555555555";
const help = `Runs the mock, the demo and the docs. Ctrl-C stops all three.

  --mock-port N      default 4010, or MOCK_PORT
  --demo-port N      default 4000, or DEMO_PORT
  --docs-port N      default 4020, or DOCS_PORT
  --review-time D    how long a vetting takes, ISO 8601 (default PT20S; in life it is days)`;

function options() {
  const { MOCK_PORT = "4010", DEMO_PORT = "4000", DOCS_PORT = "4020" } = process.env;
  const { values } = parseArgs({
    options: {
      "mock-port": { type: "string", default: MOCK_PORT },
      "demo-port": { type: "string", default: DEMO_PORT },
      "docs-port": { type: "string", default: DOCS_PORT },
      "review-time": { type: "string", default: "PT20S" },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  return values;
}

/** Starts one of the three, and says how to mend it when its port cannot be had. */
async function on<T>(
  name: "mock" | "demo" | "docs",
  port: string,
  start: (port: number) => Promise<T>,
) {
  const mend = `choose another with --${name}-port or ${name.toUpperCase()}_PORT`;
  const number = Number(port);
  if (!/^\d+$/.test(port) || number > 65535) {
    throw new Error(`"${port}" is not a port for the ${name}: ${mend}`);
  }
  return start(number).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "EADDRINUSE" || error.code === "EACCES") {
      throw new Error(`Port ${port} for the ${name} is taken or not allowed: ${mend}`);
    }
    throw error;
  });
}

async function main(): Promise<void> {
  const values = options();
  if (values.help) return console.log(help);

  await using running = new AsyncDisposableStack();
  const stopped = new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, resolve);
  });
  const mock = running.use(
    await on("mock", values["mock-port"], (port) =>
      // Pages of the docs may call it: that is their Try it.
      startMock({ port, reviewTime: values["review-time"], cors: true }),
    ),
  );
  const demo = running.use(
    await on("demo", values["demo-port"], (port) =>
      startDemo({
        port,
        baseUrl: mock.url,
        credential: () => "any-token",
      }),
    ),
  );
  const docs = running.use(await on("docs", values["docs-port"], (port) => startDocs({ port })));

  console.log(`
  Mock  ${mock.url}  Partner Center with a memory; a vetting takes ${values["review-time"]}
  Demo  ${demo.url}  find a customer, ask, watch the vetting, move the time
  Docs  ${docs.url}  start, guides, reference, error codes

Try it, and after the vetting the same without -d:

  curl -i ${mock.url}/v1/customers/${customerId}/qualifications \\
    -H "Authorization: Bearer any" -H "Content-Type: application/json" \\
    -d '{"qualification":"Education"}'

Ctrl-C stops all three.`);
  await stopped;
}

main().then(
  // Connections that a browser keeps open must not hold the process.
  () => process.exit(),
  (error: Error) => {
    console.error(`start: ${error.message}`);
    process.exit(1);
  },
);
