import type { CustomerQualification, QualificationRequest } from "@partner-qualifications/client";
import { type Command, Option } from "commander";
import { addConnectionOptions, connect, type ConnectionOptions } from "../connection.ts";
import { CommandError, exitCodes } from "../failure.ts";
import { colored, duration, printJson, printTable } from "../print.ts";
import { checkRow } from "../rows/check-row.ts";

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
    addConnectionOptions(program.command(usage))
      .description(description)
      .option("--json", "print JSON for programs");
  add("customers", "list the partner's customers, with their ids")
    .option("--search <name>", "whose company name begins so")
    .action(customers);
  add("get <customer-id>", "print what a customer is recognized as").action(get);
  add("request <customer-id> <qualification>", "request education, gcc or soe for a customer")
    .option("--segment <name>", "of education: K12 or HigherEducation")
    .option("--website <domain>", "of education, for instance example.edu")
    .option("--code <validation-code>", "of gcc: see qualifications codes")
    .addOption(
      new Option("--request-id <guid>", "MS-RequestId, to repeat a request whose answer was lost"),
    )
    .option("--watch", "follow it to its outcome")
    .option("--dry-run", "print what would be sent")
    .action(request);
  add("watch <customer-id...>", "follow customers until nothing is in review").action(watch);
  add("codes", "list the validation codes for Government Community Cloud").action(codes);
}

async function customers({ search, json, ...options }: Flags & { search?: string }): Promise<void> {
  await using connection = await connect(options);
  const found = [];
  const query = search === undefined ? {} : { companyName: search };
  for await (const { id, companyProfile } of connection.client.customers.list(query)) {
    found.push({ id, companyName: companyProfile?.companyName, domain: companyProfile?.domain });
  }
  if (json) return printJson(found);
  printTable(
    ["Customer id", "Company", "Domain"],
    found.map(({ id, companyName, domain }) => [id, companyName, domain]),
  );
}

async function get(id: string, { json, ...options }: Flags): Promise<void> {
  await using connection = await connect(options);
  const items = await connection.client.qualifications.list(id);
  if (json) return printJson(items);
  printItems(items.map((item) => [id, item]));
}

function printItems(items: [id: string, item: CustomerQualification | undefined][]): void {
  printTable(
    ["Customer id", "Qualification", "Status", "Reason", "Requested"],
    items.map(([id, item]) => [
      id,
      item?.qualification ?? "none",
      colored(item?.vettingStatus ?? ""),
      item?.vettingReason,
      item?.vettingCreateDate,
    ]),
  );
}

async function request(
  id: string,
  qualification: string,
  { segment, website, code, requestId, dryRun, json, watch: follows, ...options }: RequestFlags,
): Promise<void> {
  const fields = { id, qualification, segment, website, code };
  const { problem, body, customerId } = checkRow(
    { line: 1, fields },
    {
      customerId: "id",
      qualification: "qualification",
      educationSegment: "segment",
      website: "website",
      validationCode: "code",
    },
    {},
  );
  if (problem !== undefined)
    throw new CommandError(`The request ${problem}.`.replace('The request "', '"'));
  if (dryRun)
    return printJson({ method: "POST", path: `/v1/customers/${customerId}/qualifications`, body });
  await using connection = await connect(options);
  const vetting = await connection.client.qualifications.request(
    customerId,
    body as QualificationRequest,
    requestId === undefined ? {} : { requestId },
  );
  if (!follows) {
    if (json) return printJson(vetting);
    printItems([[customerId, vetting.item]]);
    console.log(
      `\nMS-RequestId ${vetting.requestId}. Follow it with: qualifications watch ${customerId}`,
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
  else printItems([[customerId, outcome.item]]);
}

/** Until nothing is in review, at growing intervals as the client polls. */
async function watch(ids: string[], { json, ...options }: Flags): Promise<void> {
  await using connection = await connect(options);
  for (let waitMs = 5000; ; waitMs = Math.min(3_600_000, waitMs * 1.5)) {
    const lists = await Promise.all(
      ids.map(async (id) => [id, await connection.client.qualifications.list(id)] as const),
    );
    const open = lists.filter(([, items]) =>
      items.some(({ vettingStatus }) => vettingStatus === "InReview"),
    );
    if (open.length === 0) {
      if (json) printJson(Object.fromEntries(lists));
      else
        printItems(
          lists.flatMap(([id, items]): [string, CustomerQualification | undefined][] =>
            items.length > 0 ? items.map((item) => [id, item]) : [[id, undefined]],
          ),
        );
      if (lists.every(([, items]) => items.length === 0)) process.exitCode = exitCodes.incomplete;
      return;
    }
    console.error(`${open.length} of ${ids.length} in review; next poll in ${duration(waitMs)}`);
    await new Promise((resolve) => setTimeout(resolve, waitMs));
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
