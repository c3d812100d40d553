import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { peersFolder } from "../peers.ts";

/** A server as a command: the program of Node with its arguments. */
export interface ServerCommand {
  name: string;
  args: (port: number) => string[];
}

const require = createRequire(import.meta.url);
const contract = require.resolve("@partner-qualifications/spec/openapi.json");
const peer = (file: string) => join(peersFolder, file);
const beside = (module: string, path: string) =>
  fileURLToPath(new URL(path, `file://${require.resolve(module)}`));

/** This project's mock, as installed by a user. */
export const mock: ServerCommand = {
  name: "qualifications-mock",
  args: (port) => [
    beside("@partner-qualifications/mock", "cli.js"),
    "--port",
    String(port),
    "--log",
    "none",
  ],
};

export const prism: ServerCommand = {
  name: "prism-cli",
  args: (port) => [
    beside("@stoplight/prism-cli/package.json", "dist/index.js"),
    "mock",
    "--port",
    String(port),
    "--errors",
    "--verboseLevel",
    "silent",
    contract,
  ],
};

export const peers: ServerCommand[] = [
  prism,
  {
    name: "@scalar/mock-server",
    args: (port) => [peer("scalar-mock-server.ts"), contract, String(port)],
  },
  {
    name: "openapi-backend",
    args: (port) => [peer("openapi-backend.ts"), contract, String(port)],
  },
];
