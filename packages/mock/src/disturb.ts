import { setTimeout as wait } from "node:timers/promises";
import type { Fault } from "./fault.ts";
import type { Reply } from "./reply.ts";
import { milliseconds } from "./simulator/duration.ts";

/** Does to a reply what its faults say. */
export async function disturb(reply: Reply, faults: Fault[]): Promise<Reply> {
  let result = reply;
  for (const fault of faults) {
    if (fault.kind === "latency") await wait(milliseconds(fault.delay ?? "PT1S"));
    else result = changed(result, fault);
  }
  return result;
}

function changed(reply: Reply, { kind }: Fault): Reply {
  const { headers, body } = reply;
  switch (kind) {
    case "reset":
    case "truncated":
      return { ...reply, cut: kind };
    case "htmlPage":
      return {
        status: 502,
        headers: { date: headers.date ?? "", "content-type": "text/html" },
        body: "<html><body><h1>502 Bad Gateway</h1></body></html>",
      };
    case "wrongContentType":
      return { ...reply, headers: { ...headers, "content-type": "text/plain" } };
    case "byteOrderMark":
      return { ...reply, body: `\uFEFF${body}` };
    case "createdDate":
      return { ...reply, body: body.replaceAll('"vettingCreateDate"', '"vettingCreatedDate"') };
    case "longDate":
      return {
        ...reply,
        body: body.replaceAll(/"(vettingCreated?Date)":"(.{19})(\.\d+)?Z"/g, longDate),
      };
    case "wrapper":
      return { ...reply, body: wrapped(body) };
    default:
      return reply;
  }
}

function longDate(_: string, name: string, toSeconds: string, fraction = "."): string {
  return `"${name}":"${toSeconds}${fraction.padEnd(8, "0")}+00:00"`;
}

/** One qualification or a list of them, in the official Swagger's object. Refusals stay as they are. */
function wrapped(body: string): string {
  const value: unknown = JSON.parse(body);
  const items = Array.isArray(value) ? value : [value];
  if (!items.every(isQualification)) return body;
  return JSON.stringify({ qualifications: items });
}

function isQualification(item: unknown): boolean {
  return typeof item === "object" && item !== null && "qualification" in item;
}
