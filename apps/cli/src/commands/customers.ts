import { setTimeout as sleep } from "node:timers/promises";
import type { CustomerQualification } from "@partner-qualifications/client";
import type { Command } from "commander";
import { CommandError, exitCodes } from "../failure.ts";
import { addOptions, connect, type ConnectionOptions } from "../options.ts";
import { duration, printJson, printTable } from "../print.ts";
import { checkRow } from "../rows/rows.ts";

type Flags = ConnectionOptions & { json?: boolean };

interface RequestFlags extends Flags {
  segment?: string;
  website?: string;
  code?: string;
  requestId?: string;
  watch?: boolean;
  dryRun?: boolean;
}

/** Adds the commands about single customers. */
export function addCustomers(program: Command): void {
  const add = (usage: string, description: string) =>
    addOptions(program.command(usage), "connection", "json").description(description);
  add("customers", "list the partner's customers, with their ids")
    .option("--search <name>", "whose company name begins so")
    .action(customers);
  add("get <customer-id>", "print what a customer is recognized as").action(get);
  add("request <customer-id> <qualification>", "request education, gcc or soe for a customer")
    .option("--segment <name>", "of education: K12 or HigherEducation")
    .option("--website <domain>", "of education, for instance example.edu")
    .option("--code <validation-code>", "of gcc: see qualifications codes")
    .option("--request-id <guid>", "MS-RequestId, to repeat a request whose answer was lost")
    .option("--watch", "follow it to its outcome")
    .option("--dry-run", "print what would be sent")
    .action(request);
  add("watch <customer-id...>", "follow customers until nothing is in review").action(watch);
  add("codes", "list the validation codes for Government Community Cloud").action(codes);
}

async function customers({ search, json, ...options }: Flags & { search?: string }): Promise<void> {
  await using connection = await connect(options);
  const query = search === undefined ? {} : { companyName: search };
  const found = [];
  for await (const { id, companyProfile } of connection.client.customers.list(query))
    found.push({ id, companyName: companyProfile?.companyName, domain: companyProfile?.domain });
  if (json) return printJson(found);
  printTable(
    ["Customer id", "Company", "Domain"],
    found.map(({ id, companyName, domain }) => [id, companyName, domain]),
  );
}

async function get(id: string, { json, ...options }: Flags): Promise<void> {
  await using connection = await connect(options);
  const items = await connection.client.qualifications.list(id);
  if (json) printJson(items);
  else printItems([[id, items]]);
}

function printItems(
  lists: (readonly [id: string, items: (CustomerQualification | undefined)[]])[],
) {
  printTable(
    ["Customer id", "Qualification", "Status", "Reason", "Requested"],
    lists.flatMap(([id, items]) =>
      (items.length > 0 ? items : [undefined]).map((item) => [
        id,
        item?.qualification ?? "none",
        item?.vettingStatus,
        item?.vettingReason,
        item?.vettingCreateDate,
      ]),
    ),
  );
}

async function request(id: string, qualification: string, flags: RequestFlags): Promise<void> {
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
    if (json) return printJson(vetting);
    printItems([[customerId, [vetting.item]]]);
    console.log(
      `\nMS-RequestId ${vetting.requestId}. Follow it: qualifications watch ${customerId}`,
    );
    return;
  }
  const outcome = await vetting.pollUntilDone({
    interval: { initialMs: 5000 },
    onProgress: ({ status, nextMs }) => {
      if (nextMs !== undefined)
        console.error(`${status ?? "not seen yet"}; next poll in ${duration(nextMs)}`);
    },
  });
  if (json) printJson(outcome);
  else printItems([[customerId, [outcome.item]]]);
}

/** Polls until nothing is in review, at growing intervals. */
async function watch(ids: string[], { json, ...options }: Flags): Promise<void> {
  await using connection = await connect(options);
  const { qualifications } = connection.client;
  for (let waitMs = 5000; ; waitMs = Math.min(3_600_000, waitMs * 1.5)) {
    const lists = await Promise.all(
      ids.map(async (id) => [id, await qualifications.list(id)] as const),
    );
    const open = lists.filter(([, items]) =>
      items.some(({ vettingStatus }) => vettingStatus === "InReview"),
    );
    if (open.length > 0) {
      console.error(`${open.length} of ${ids.length} in review; next poll in ${duration(waitMs)}`);
      await sleep(waitMs);
      continue;
    }
    if (json) printJson(Object.fromEntries(lists));
    else printItems(lists);
    if (lists.every(([, items]) => items.length === 0)) process.exitCode = exitCodes.incomplete;
    return;
  }
}

async function codes({ json, ...options }: Flags): Promise<void> {
  await using connection = await connect(options);
  const list = await connection.client.validationCodes.list();
  if (json) return printJson(list);
  printTable(
    ["Validation code", "Organization", "Can still be used"],
    list.map(({ validationId, organizationName, remainingCreates, maxCreates }) => [
      validationId,
      organizationName,
      `${remainingCreates ?? "?"} of ${maxCreates ?? "?"}`,
    ]),
  );
}
