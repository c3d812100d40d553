// What `start` accepts. Plain JavaScript without dependencies: on a new machine it is read before anything is
// installed, so that a wrong flag or a port in use costs a second instead of an installation.

import { createServer } from "node:net";
import { parseArgs } from "node:util";

export const help = `Runs the mock, the demo and the docs. Ctrl-C stops all three.

  --mock-port N      port of the mock (default 4010, or MOCK_PORT)
  --demo-port N      port of the demo (default 4000, or DEMO_PORT)
  --docs-port N      port of the docs (default 4020, or DOCS_PORT)
  --review-time D    how long a vetting takes, ISO 8601 (default PT20S; Partner Center takes days)
  --help             prints this text

Port 0 takes a free port.`;

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
  const { values } = parse(args, {
    "mock-port": { type: "string", default: env.MOCK_PORT ?? "4010" },
    "demo-port": { type: "string", default: env.DEMO_PORT ?? "4000" },
    "docs-port": { type: "string", default: env.DOCS_PORT ?? "4020" },
    "review-time": { type: "string", default: "PT20S" },
    help: { type: "boolean", short: "h", default: false },
  });
  const reviewTime = String(values["review-time"]);
  if (
    !/^P(?=\d|T\d)(\d+W|(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+([.,]\d+)?S)?)?)$/.test(
      reviewTime,
    )
  ) {
    throw new Error(
      `--review-time "${reviewTime}" is not an ISO 8601 duration, such as PT20S or P3D.`,
    );
  }
  const port = (/** @type {Name} */ name) => readPort(name, String(values[`${name}-port`]));
  const ports = { mock: port("mock"), demo: port("demo"), docs: port("docs") };
  return { help: values.help === true, reviewTime, ports };
}

/**
 * `parseArgs` with a message that names the flag that was probably meant.
 *
 * @param {string[]} args
 * @param {NonNullable<import("node:util").ParseArgsConfig["options"]>} options
 */
function parse(args, options) {
  try {
    return parseArgs({ args, options });
  } catch (error) {
    const [, flag] = /Unknown option '(-[^']*)'/.exec(String(error)) ?? [];
    const message = error instanceof Error ? error.message : String(error);
    if (!flag) throw new Error(`${message.split(". ")[0]}. See --help.`, { cause: error });
    const nearest = Object.keys(options)
      .map((name) => ({ name: `--${name}`, distance: distance(flag, `--${name}`) }))
      .reduce((best, one) => (one.distance < best.distance ? one : best));
    const meant = nearest.distance <= 4 ? `Did you mean ${nearest.name}?` : "See --help.";
    throw new Error(`${flag} is not an option. ${meant}`, { cause: error });
  }
}

/**
 * How many letters must be added, removed or replaced to turn one text into the other.
 *
 * @param {string} a
 * @param {string} b
 */
function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = /** @type {number} */ (row[j - 1]) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const removed = /** @type {number} */ (row[j]) + 1;
      next.push(Math.min(replaced, removed, /** @type {number} */ (next[j - 1]) + 1));
    }
    row = next;
  }
  return /** @type {number} */ (row[b.length]);
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
 * Checks that the three ports can be had.
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
      problems.push(`Port ${port} is taken by the ${twin}. ${chooseAnother(name)}`);
    }
  }
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

/**
 * @param {number} port
 * @returns {Promise<string | undefined>} The code of the error that listening there causes.
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
