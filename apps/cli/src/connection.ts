import {
  createQualificationsClient,
  type QualificationsClient,
  type QualificationsClientOptions,
} from "@partner-qualifications/client";
import { createNodeFetch } from "@partner-qualifications/client/node";
import { type Command, Option } from "commander";
import { CommandError } from "./failure.ts";

export interface ConnectionOptions {
  baseUrl?: string;
  token?: string;
  environment?: NonNullable<QualificationsClientOptions["environment"]>;
}

/** Adds the options that say which Partner Center, and as whom. */
export function addConnectionOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--base-url <url>", "another address, such as a mock's").env(
        "QUALIFICATIONS_BASE_URL",
      ),
    )
    .addOption(
      new Option(
        "--token <token>",
        "an access token; without it, PARTNER_CENTER_… as for qualifications login",
      ).env("QUALIFICATIONS_TOKEN"),
    )
    .addOption(
      new Option("--environment <name>", "which Partner Center")
        .choices(["global", "usGovernment", "china"])
        .env("PARTNER_CENTER_ENVIRONMENT"),
    );
}

export interface Connection extends AsyncDisposable {
  client: QualificationsClient;
}

/**
 * Creates the client that a command uses.
 *
 * @throws {CommandError} When neither a token nor the settings of a credential are given.
 */
export async function connect(
  options: ConnectionOptions,
  more: Partial<QualificationsClientOptions> & { connections?: number } = {},
): Promise<Connection> {
  const { connections = 16, ...rest } = more;
  const fetch = createNodeFetch({ connections });
  const client = createQualificationsClient({
    credential: await credentialOf(options),
    ...(options.baseUrl !== undefined && { baseUrl: options.baseUrl }),
    ...(options.environment !== undefined && { environment: options.environment }),
    applicationName: "qualifications",
    fetch,
    ...rest,
  });
  return { client, [Symbol.asyncDispose]: () => fetch.close() };
}

export async function credentialOf({ token }: ConnectionOptions) {
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
