import { homedir } from "node:os";
import { join } from "node:path";
import type {
  QualificationsClient,
  QualificationsClientOptions,
} from "@partner-qualifications/client";
import { type Command, InvalidArgumentError, Option } from "commander";
import { CommandError } from "./failure.ts";

/** What the command line says: each command reads the flags that it has. */
export interface Flags {
  baseUrl?: string;
  token?: string;
  environment?: NonNullable<QualificationsClientOptions["environment"]>;
  state: string;
  databaseUrl?: string;
  map: string[];
  qualification?: string;
  educationSegment?: string;
  concurrency: number;
  rate: number;
  speed: number;
  lease: number;
  json?: boolean;
  dryRun?: boolean;
  strict?: boolean;
  read?: boolean;
  yes?: boolean;
  failed?: boolean;
  untilDone?: boolean;
  watch?: boolean;
  keep?: boolean;
  search?: string;
  segment?: string;
  website?: string;
  code?: string;
  requestId?: string;
  format: "csv" | "json" | "html";
  output?: string;
}

function positive(text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError("Give a number greater than 0.");
}

const option = (flags: string, description: string, byDefault?: unknown) =>
  new Option(flags, description).default(byDefault);
const number = (flags: string, description: string, byDefault: number) =>
  option(flags, description, byDefault).argParser(positive);

const home = join(homedir(), ".qualifications");

/** The options that several commands have, by what they are about. */
const groups = {
  json: [option("--json", "print JSON for programs")],
  connection: [
    option("--base-url <url>", "another base URL, such as a mock's").env("QUALIFICATIONS_BASE_URL"),
    option("--token <token>", "an access token").env("QUALIFICATIONS_TOKEN"),
    option("--environment <name>", "environment of Partner Center")
      .choices(["global", "usGovernment", "china"])
      .env("PARTNER_CENTER_ENVIRONMENT"),
  ],
  state: [
    option("--state <folder>", "folder of the portfolio")
      .default(home, "~/.qualifications")
      .env("QUALIFICATIONS_STATE"),
    option(
      "--database-url <url>",
      "PostgreSQL to use instead of a folder, for several workers",
    ).env("QUALIFICATIONS_DATABASE_URL"),
  ],
  rows: [
    option("--map <column=field>", "map a column to a field of the file; can be repeated")
      .argParser((pair: string, before: string[]) => [...before, pair])
      .default([], "guessed from the headers"),
    option("--qualification <name>", "for rows without one"),
    option("--education-segment <name>", "for rows without one: K12 or HigherEducation"),
  ],
  work: [
    number("--concurrency <n>", "concurrent requests", 32),
    number("--rate <n>", "maximum requests per second", 1000),
    number("--lease <seconds>", "time after which others do a silent worker's jobs", 90),
    number("--speed <n>", "clock seconds per real second, for a mock with a fast clock", 1),
  ],
};

/** Adds the options of the named groups to a command. */
export function addOptions(command: Command, ...names: (keyof typeof groups)[]): Command {
  for (const one of names.flatMap((name) => groups[name])) command.addOption(one);
  return command;
}

/**
 * Creates the client that a command uses.
 *
 * @throws {CommandError} When neither a token nor the settings of a credential are given.
 */
export async function connect(
  { token, baseUrl, environment }: Pick<Flags, "token" | "baseUrl" | "environment">,
  {
    connections = 16,
    ...rest
  }: Partial<QualificationsClientOptions> & { connections?: number } = {},
): Promise<{ client: QualificationsClient } & AsyncDisposable> {
  // Loaded here, since commands that send nothing start in half the time without them.
  const { createQualificationsClient } = await import("@partner-qualifications/client");
  const { createNodeFetch } = await import("@partner-qualifications/client/node");
  const fetch = createNodeFetch({ connections });
  const client = createQualificationsClient({
    credential: await credentialOf(token),
    ...(baseUrl !== undefined && { baseUrl }),
    ...(environment !== undefined && { environment }),
    applicationName: "qualifications",
    fetch,
    ...rest,
  });
  return { client, [Symbol.asyncDispose]: () => fetch.close() };
}

/** Returns the credential that a command acts with: an access token, or the environment's. */
export async function credentialOf(token: string | undefined) {
  if (token !== undefined) return () => token;
  const { credentialFromEnvironment } = await import("@partner-qualifications/credentials");
  try {
    return credentialFromEnvironment();
  } catch (error) {
    throw new CommandError(
      `${(error as Error).message}\nGive an access token with --token, or run: qualifications login --help`,
    );
  }
}
