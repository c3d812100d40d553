import { setTimeout as sleep } from "node:timers/promises";
import { type Mock, startMock } from "@partner-qualifications/mock";
import { expect } from "vitest";
import { customerId, exported, makeFolder, start } from "./world.ts";

/**
 * Kills a run at random moments while the mock loses answers, until it has been killed often enough, and lets it end.
 * Then the mock's journal shows that each customer was requested once.
 */
export async function surviveKills(kills: number, rows: number): Promise<void> {
  await using mock = await startMock({
    reviewTime: "PT2S",
    journalSize: 1_000_000,
    faults: [{ kind: "reset", only: "writes", count: Math.ceil(rows / 10) }],
  });
  await using folder = await makeFolder();
  const file = await folder.write(
    "rows.csv",
    ["tenant,segment", ...Array.from({ length: rows }, (_, at) => `${customerId(at)},K12`)].join(
      "\n",
    ),
  );
  const args = [
    "portfolio",
    "run",
    file,
    "--base-url",
    mock.url,
    "--token",
    "any",
    "--state",
    folder.state,
    "--yes",
    "--rate",
    "100",
  ];
  let [seen, count] = [0, 0];
  /** How many requests for rows the mock has received. A listing of audit records is none. */
  const worked = () => {
    const { entries } = mock.control.journal({ after: seen }).log;
    seen += entries.length;
    count += entries.filter(({ request }) => request.url.includes("/customers/")).length;
    return count;
  };
  let killed = 0;
  for (;;) {
    const child = start([...args, "--qualification", "Education"]);
    if (killed < kills) {
      // From the first request for a row on, so that each kill is in the middle of work.
      const before = worked();
      while (child.exitCode === null && worked() === before) await sleep(10);
      await sleep(Math.random() * 400);
      if (child.exitCode === null) {
        child.kill("SIGKILL");
        killed++;
      }
      await child.ended;
      continue;
    }
    const { code, err } = await child.ended;
    expect(code, err).toBe(0);
    break;
  }
  requestedOnce(mock.control.journal({ after: 0, limit: 1_000_000 }), rows);
  const found = await exported(folder.state);
  expect(found).toHaveLength(rows);
  for (const { customerId: id, outcome } of found) {
    const answer = await fetch(`${mock.url}/v1/customers/${id as string}/qualifications`, {
      headers: { authorization: "Bearer any" },
    });
    const [item] = (await answer.json()) as { vettingStatus: string }[];
    expect(outcome).toBe(item?.vettingStatus);
  }
}

/** Checks in a journal that each customer was requested, and under one MS-RequestId. */
export function requestedOnce({ log }: ReturnType<Mock["control"]["journal"]>, rows: number): void {
  const requested = new Map<string, Set<string>>();
  for (const { request } of log.entries) {
    if (request.method !== "POST") continue;
    const [, id = ""] = /customers\/([^/]+)\//.exec(request.url) ?? [];
    const identifier = request.headers.find(({ name }) => name === "ms-requestid")?.value ?? "none";
    requested.set(id, (requested.get(id) ?? new Set()).add(identifier));
  }
  expect(requested.size).toBe(rows);
  expect([...requested].filter(([, identifiers]) => identifiers.size > 1)).toEqual([]);
}
