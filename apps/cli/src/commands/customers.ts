import { setTimeout as sleep } from "node:timers/promises";
import type { CustomerQualification } from "@partner-qualifications/client";
import type { Command } from "commander";
import { CommandError, exitCodes } from "../failure.ts";
import { addOptions, connect, type Flags } from "../options.ts";
import { duration, print, printJson } from "../print.ts";
import { checkRow } from "../rows/rows.ts";

/** Adds the commands about single customers. */
export function addCustomers(program: Command): void {
  const add = (usage: string, description: string) =>
    addOptions(program.command(usage), "connection", "json").description(description);
  add("customers", "list the partner's customers, with their ids")
    .option("--search <name>", "only customers whose company name begins with this text")
    .action(customers);
  add("get <customer-id>", "print a customer's qualifications").action(get);
  add("request <customer-id> <qualification>", "request education, gcc or soe for a customer")
    .option("--segment <name>", "for education: K12 or HigherEducation")
    .option("--website <domain>", "for education, such as example.edu")
    .option("--code <validation-code>", "for gcc; list them with: qualifications codes")
    .option("--request-id <guid>", "MS-RequestId, to repeat a request after a lost response")
    .option("--watch", "follow it to its outcome")
    .option("--dry-run", "print what would be sent")
    .action(request);
  add("watch <customer-id...>", "follow customers until nothing is in review").action(watch);
  add("codes", "list the validation codes for Government Community Cloud").action(codes);
}

async function customers({ search, json, ...options }: Flags): Promise<void> {
  await using connection = await connect(options);
  const query = search === undefined ? {} : { companyName: search };
  const found = [];
  for await (const { id, companyProfile } of connection.client.customers.list(query))
    found.push({ id, companyName: companyProfile?.companyName, domain: companyProfile?.domain });
  print(json, found, ["Customer id", "Company", "Domain"], found.map(Object.values));
}

async function get(id: string, { json, ...options }: Flags): Promise<void> {
  await using connection = await connect(options);
  const items = await connection.client.qualifications.list(id);
  printItems(json, items, [[id, items]]);
}

type Items = (CustomerQualification | undefined)[];

function printItems(
  json: boolean | undefined,
  value: unknown,
  lists: (readonly [string, Items])[],
) {
  const head = ["Customer id", "Qualification", "Status", "Reason", "Requested"];
  const rows = lists.flatMap(([id, items]) =>
    (items.length > 0 ? items : [undefined]).map((item) => {
      const {
        qualification = "none",
        vettingStatus,
        vettingReason,
        vettingCreateDate,
      } = item ?? {};
      return [id, qualification, vettingStatus, vettingReason, vettingCreateDate];
    }),
  );
  print(json, value, head, rows);
}

async function request(id: string, qualification: string, flags: Flags): Promise<void> {
  const { segment, website, code, requestId, dryRun, json, watch: follows, ...options } = flags;
  const { problem, body, customerId } = checkRow(1, {
    customerId: id,
    qualification,
    educationSegment: segment,
    website,
    validationCode: code,
  });
  if (problem !== undefined)
    throw new CommandError(problem.startsWith('"') ? `${problem}.` : `The request ${problem}.`);
  if (dryRun)
    return printJson({ method: "POST", path: `/v1/customers/${customerId}/qualifications`, body });
  await using connection = await connect(options);
  const vetting = await connection.client.qualifications.request(
    customerId,
    body,
    requestId === undefined ? {} : { requestId },
  );
  if (!follows) {
    printItems(json, vetting, [[customerId, [vetting.item]]]);
    const { requestId: sent } = vetting;
    console.error(`MS-RequestId ${sent}. Follow it: qualifications watch ${customerId}`);
    return;
  }
  const outcome = await vetting.pollUntilDone({
    interval: { initialMs: 5000 },
    onProgress: ({ status = "not seen yet", nextMs }) => {
      if (nextMs !== undefined) console.error(`${status}; next poll in ${duration(nextMs)}`);
    },
  });
  printItems(json, outcome, [[customerId, [outcome.item]]]);
}

/** Polls until nothing is in review, at growing intervals. */
async function watch(ids: string[], { json, ...options }: Flags): Promise<void> {
  await using connection = await connect(options);
  const { qualifications } = connection.client;
  for (let waitMs = 5000; ; waitMs = Math.min(3_600_000, waitMs * 1.5)) {
    const lists = await Promise.all(
      ids.map(async (id) => [id, await qualifications.list(id)] as const),
    );
    const items = lists.flatMap(([, list]) => list);
    const open = items.filter(({ vettingStatus }) => vettingStatus === "InReview").length;
    if (open > 0) {
      console.error(`${open} in review; next poll in ${duration(waitMs)}`);
      await sleep(waitMs);
      continue;
    }
    printItems(json, Object.fromEntries(lists), lists);
    if (items.length === 0) process.exitCode = exitCodes.incomplete;
    return;
  }
}

async function codes({ json, ...options }: Flags): Promise<void> {
  await using connection = await connect(options);
  const list = await connection.client.validationCodes.list();
  const rows = list.map(
    ({ validationId, organizationName, remainingCreates = "?", maxCreates = "?" }) => [
      validationId,
      organizationName,
      `${remainingCreates} of ${maxCreates}`,
    ],
  );
  print(json, list, ["Validation code", "Organization", "Can still be used"], rows);
}
