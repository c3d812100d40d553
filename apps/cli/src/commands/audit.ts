import type { AuditRecord } from "@partner-qualifications/client";
import { type Command, InvalidArgumentError } from "commander";
import { stringify } from "csv-stringify/sync";
import { addOptions, connect, type Flags } from "../options.ts";
import { print } from "../print.ts";

interface AuditOptions extends Flags {
  customer?: string;
  since: number;
  csv?: boolean;
}

const operation = "update_customer_qualification";
const hour = 3_600_000;
const units = { h: hour, d: 24 * hour, w: 7 * 24 * hour };
const daysKept = 90;

/** Reads a duration such as `7d`, in milliseconds. */
function durationOf(text: string): number {
  const [, count, unit] = /^(\d{1,4})([hdw])$/.exec(text) ?? [];
  if (Number(count) > 0) return Number(count) * units[unit as keyof typeof units];
  throw new InvalidArgumentError("It is not a duration such as 12h, 7d or 4w.");
}

/** Adds the command that lists who requested which qualification. */
export function addAudit(program: Command): void {
  addOptions(program.command("audit"), "connection", "json")
    .description("list who requested which qualification, and when, from the audit records")
    .option("--customer <id>", "only requests for this customer")
    .option("--since <duration>", "how far to go back: 12h, 7d, 4w", durationOf, durationOf("30d"))
    .option("--csv", "print CSV, for a compliance folder")
    .action(audit);
}

async function audit({ customer, since, json, csv, ...options }: AuditOptions): Promise<void> {
  if (since > daysKept * units.d)
    console.error(`Audit records go back ${daysKept} days; older requests are not listed.`);
  await using connection = await connect(options);
  const records: AuditRecord[] = [];
  const search = { customerId: customer, since: Date.now() - since };
  for await (const record of connection.client.auditRecords.list(search))
    if (String(record.operationType).toLowerCase() === operation) records.push(record);
  const rows = records.map(describe);
  // A spreadsheet would run text of the service as a formula.
  const form = { header: true, columns: Object.keys(describe({})), escape_formulas: true };
  if (csv) return void process.stdout.write(stringify(rows, form));
  if (!json && rows.length === 0) return console.log("No audit record of a qualification request.");
  const cells = rows.map((row) => [
    row.date?.slice(0, 19),
    row.customerName ?? row.customerId,
    row.qualification,
    row.status,
    row.user,
    row.application,
  ]);
  const head = ["Date", "Customer", "Qualification", "Status", "User", "Application"];
  print(json, records, head, cells);
}

/** Returns what a record says of a request, under the names of the columns of the CSV. */
const describe = (record: Partial<AuditRecord>) => ({
  date: record.operationDate,
  customerId: record.customerId,
  customerName: record.customerName,
  qualification: qualificationIn(record.resourceNewValue),
  status: record.operationStatus,
  user: record.userPrincipalName,
  application: record.applicationId,
  correlationId: record.originalCorrelationId,
});

/** Returns the qualification of a record's new value, whose content no source describes. */
function qualificationIn(value: unknown): string | undefined {
  try {
    const { qualification } = Object(JSON.parse(String(value)));
    return typeof qualification === "string" ? qualification : undefined;
  } catch {
    return undefined;
  }
}
