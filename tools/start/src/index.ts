// Runs the mock, the demo and the docs in one process, so that nothing remains when it stops.

import { startDemo } from "@partner-qualifications/demo";
import { startDocs } from "@partner-qualifications/docs";
import { startMock } from "@partner-qualifications/mock";
import { probePorts, readOptions } from "./options.mjs";

const customerId = "11111111-2222-3333-4444-555555555555";

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.prints !== undefined) return console.log(options.prints);
  const { ports, reviewTime } = options;
  await probePorts(ports);

  await using running = new AsyncDisposableStack();
  const stopped = untilStopped();
  // The docs' "Try it" calls it from their pages.
  const mock = running.use(
    await startMock({ port: ports.mock, reviewTime, cors: true, onClockMode: reportClock }),
  );
  // Each names the other.
  const addresses = { demo: "" };
  const docs = running.use(
    await startDocs({ port: ports.docs, mock: mock.url, demo: () => addresses.demo }),
  );
  const demo = running.use(
    await startDemo({
      port: ports.demo,
      baseUrl: mock.url,
      docsUrl: docs.url,
      credential: () => "any-token",
    }),
  );

  addresses.demo = demo.url;

  const began = Number(process.env.COMMAND_BEGAN ?? performance.timeOrigin);
  console.log(`Ready in ${((Date.now() - began) / 1000).toFixed(0)} s

  Mock  ${mock.url}  keeps state as Partner Center does; a review takes ${reviewTime}
  Demo  ${demo.url}  find a customer, request a qualification, follow its review
  Docs  ${docs.url}  start, guides, reference, error codes

Request a qualification. After ${reviewTime}, the same command without -d shows its outcome:

  curl -i ${mock.url}/v1/customers/${customerId}/qualifications \\
    -H "Authorization: Bearer any" -H "Content-Type: application/json" \\
    -d '{"qualification":"Education","educationSegment":"K12"}'

Press Ctrl-C to stop all three.`);
  await stopped;
}

/** Prints when a program has frozen the mock's time, since every review then waits. */
function reportClock({ mode, now }: { mode: string; now: string }): void {
  const time = now.slice(0, 19).replace("T", " ");
  console.log(
    mode === "manual"
      ? `\nThe mock's time is frozen at ${time} UTC: no review ends. Resume it in the demo.`
      : `\nThe mock's time resumed at ${time} UTC.`,
  );
}

/** Resolves on a signal, or when the parent process ends. */
function untilStopped(): Promise<void> {
  const parent = process.ppid;
  return new Promise((resolve) => {
    const watch = setInterval(() => process.ppid !== parent && stop(), 500);
    const stop = () => {
      clearInterval(watch);
      resolve();
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  });
}

main().then(
  // Connections that a browser keeps alive must not keep the process running.
  () => process.exit(),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);
