// The options of `start`. Plain JavaScript without dependencies: on a new machine it is read before the
// installation, so that a wrong flag or a port in use costs a second instead of an installation.

import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { readArguments } from "../../../packages/command-options/src/index.mjs";

export const help = `Runs the mock, the demo and the docs. Ctrl-C stops all three.

  --mock-port N      port of the mock (default 4010, or MOCK_PORT)
  --demo-port N      port of the demo (default 4000, or DEMO_PORT)
  --docs-port N      port of the docs (default 4020, or DOCS_PORT)
  --review-time D    how long a vetting takes, ISO 8601 (default PT20S; Partner Center takes days)
  --version          prints the version
  --help             prints this text

Port 0 takes a free port.`;

/** ISO 8601, as read by the mock. */
const isDuration = new RegExp(
  `^P(?=.*\\d)${["Y", "M", "W", "D"].map(part).join("")}(T(?=\\d)${["H", "M", "S"].map(part).join("")})?$`,
);

/** @param {string} unit */
function part(unit) {
  return `(\\d+([.,]\\d+)?${unit})?`;
}

/** @typedef {"mock" | "demo" | "docs"} Name */
const names = /** @type {const} */ (["mock", "demo", "docs"]);

/**
 * Reads the arguments of `start`.
 *
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @throws {Error} When a flag is unknown or a value is invalid; the message says what to do.
 */
export function readOptions(args, env) {
  const values = readArguments(args, {
    "mock-port": { type: "string", default: env.MOCK_PORT ?? "4010" },
    "demo-port": { type: "string", default: env.DEMO_PORT ?? "4000" },
    "docs-port": { type: "string", default: env.DOCS_PORT ?? "4020" },
    "review-time": { type: "string", default: "PT20S" },
    version: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  });
  const reviewTime = String(values["review-time"]);
  if (!isDuration.test(reviewTime)) {
    throw new Error(
      `--review-time "${reviewTime}" is not an ISO 8601 duration, such as PT20S or P3D.`,
    );
  }
  const port = (/** @type {Name} */ name) => readPort(name, String(values[`${name}-port`]));
  const ports = { mock: port("mock"), demo: port("demo"), docs: port("docs") };
  /** @type {string | undefined} The text to print instead of starting. */
  const prints = values.help ? help : values.version ? version() : undefined;
  return { prints, reviewTime, ports };
}

function version() {
  /** @type {{ version: string }} */
  const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  return manifest.version;
}

/**
 * @param {Name} name
 * @param {string} text
 */
function readPort(name, text) {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new Error(`"${text}" is not a port. ${chooseAnother(name, "Give")}`);
}

/**
 * @param {Name} name
 * @param {string} [verb]
 */
function chooseAnother(name, verb = "Choose") {
  return `${verb} another with --${name}-port or ${name.toUpperCase()}_PORT.`;
}

/**
 * Checks that the three ports are available.
 *
 * @param {ReturnType<typeof readOptions>["ports"]} ports
 * @throws {Error} With one line for each port that is in use, not allowed or given twice.
 */
export async function probePorts(ports) {
  const problems = [];
  for (const name of names) {
    const port = ports[name];
    const twin = names.find((other) => other !== name && port !== 0 && ports[other] === port);
    const code = await failureOf(port);
    if (code === "EADDRINUSE") problems.push(`Port ${port} is in use. ${chooseAnother(name)}`);
    else if (code) problems.push(`Port ${port} cannot be used (${code}). ${chooseAnother(name)}`);
    else if (twin && names.indexOf(twin) < names.indexOf(name)) {
      problems.push(`Port ${port} is also the ${twin}'s. ${chooseAnother(name)}`);
    }
  }
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

/**
 * @param {number} port
 * @returns {Promise<string | undefined>} The error code of listening on the port.
 */
function failureOf(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (/** @type {NodeJS.ErrnoException} */ error) =>
      resolve(error.code ?? error.message),
    );
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(undefined)));
  });
}
