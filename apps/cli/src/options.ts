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
    option("--base-url <url>", "another address, such as a mock's").env("QUALIFICATIONS_BASE_URL"),
    option("--token <token>", "an access token").env("QUALIFICATIONS_TOKEN"),
    option("--environment <name>", "which Partner Center")
      .choices(["global", "usGovernment", "china"])
      .env("PARTNER_CENTER_ENVIRONMENT"),
  ],
  state: [
    option("--state <folder>", "where the portfolio is kept")
      .default(home, "~/.qualifications")
      .env("QUALIFICATIONS_STATE"),
    option("--database-url <url>", "a PostgreSQL instead, for several workers").env(
      "QUALIFICATIONS_DATABASE_URL",
    ),
  ],
  rows: [
    option("--map <column=field>", "which field of the file is a column; can be repeated")
      .argParser((pair: string, before: string[]) => [...before, pair])
      .default([], "guessed from the headers"),
    option("--qualification <name>", "of rows that name none"),
    option("--education-segment <name>", "of rows that name none: K12 or HigherEducation"),
  ],
  work: [
    number("--concurrency <n>", "requests under way at once", 32),
    number("--rate <n>", "requests a second that are never exceeded", 1000),
    number("--lease <seconds>", "how long a worker may be silent before others do its jobs", 90),
    number("--speed <n>", "seconds a second, for a mock with a fast clock", 1),
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
