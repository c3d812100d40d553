import { createQualificationsClient, PartnerCenterError } from "@partner-qualifications/client";
import type { Mock } from "@partner-qualifications/mock";

// One administrator loses the answers to a request while another may request the same customer in the same second.

const customerId = "11111111-2222-3333-4444-555555555555";
const body = { qualification: "Education", educationSegment: "K12" } as const;
const quarter = 15 * 60_000;

/** What the client can learn from audit records. */
export const modes = {
  "no audit records (today)": { waitMs: 0, records: "shown" },
  "403 for audit records": { waitMs: 60_000, records: "refused" },
  "records that never appear": { waitMs: 60_000, records: "hidden" },
  "records, wait of 60 s": { waitMs: 60_000, records: "shown" },
  "records, wait of 150 s": { waitMs: 150_000, records: "shown" },
} as const;
export type Mode = keyof typeof modes;

export interface LostRequest {
  /** What the client reports: a value of `write`, `unknown`, or `conflict`. */
  result: string;
  /** Whose request the service accepted. */
  accepted: "own" | "another's" | "none";
  /** Whether the own record, or the other administrator's, had appeared when the client gave up. */
  appeared: { own: boolean; another: boolean };
  /** How many audit listings the client sent. */
  listings: number;
}

/** Returns a generator of numbers from 0 up to 1, the same for the same seed (mulberry32). */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Plays one seed. The modes of a seed draw the same losses, clocks and delays. */
export async function playLostRequest(mock: Mock, seed: number, mode: Mode): Promise<LostRequest> {
  const { waitMs, records } = modes[mode];
  const draw = draws(seed);
  const skews = { client: (2 * draw() - 1) * quarter, gateway: (2 * draw() - 1) * quarter };
  const other = (["absent", "before", "after"] as const)[Math.floor(draw() * 3)]!;
  const losses = Array.from({ length: 4 }, () => draw());
  const isListLost = draw() < 0.1;
  // Each record of the run has its own delay.
  const delays = Array.from({ length: 6 }, () => Math.round(draw() * 120));
  mock.control.reset();
  mock.control.addFaults(
    ...(records === "hidden" ? [{ kind: "auditHidden" as const, count: 100 }] : []),
    ...delays.map((delay) => ({ kind: "auditDelay" as const, delay: `PT${delay}S` })),
    ...(records === "refused"
      ? [{ kind: "failure" as const, status: 403, operationId: "listAuditRecords", count: 100 }]
      : []),
  );

  const truth = { own: "", isOwnAccepted: false, isOtherAccepted: false };
  const another = "99999999-2222-3333-4444-555555555555";
  const requestAsOther = async () => {
    const { status } = await fetch(`${mock.url}/v1/customers/${customerId}/qualifications`, {
      method: "POST",
      headers: {
        Authorization: "Bearer other",
        "Content-Type": "application/json",
        "MS-CorrelationId": another,
      },
      body: JSON.stringify(body),
    });
    truth.isOtherAccepted = status === 201;
    mock.advance("PT0.2S");
  };
  let posts = 0;
  let listings = 0;
  const carry = async (url: string, init: RequestInit & { headers: Record<string, string> }) => {
    const isPost = init.method === "POST";
    const loss = isPost ? losses[posts++]! : 1;
    if (url.includes("/v1/auditrecords")) listings++;
    else if (!isPost && isListLost) throw new TypeError("lost");
    if (isPost) truth.own = String(init.headers["ms-correlationid"]);
    if (loss < 0.25) throw new TypeError("lost on the way there");
    const response = await fetch(url, init);
    if (isPost && response.status === 201) truth.isOwnAccepted = true;
    if (loss < 0.9) throw new TypeError("lost on the way back");
    const headers = new Headers(response.headers);
    headers.set("Date", new Date(Date.parse(mock.control.clock.now) + skews.gateway).toUTCString());
    return new Response(await response.text(), { status: response.status, headers });
  };
  const client = createQualificationsClient({
    baseUrl: mock.url,
    credential: () => "any",
    auditWaitMs: waitMs,
    runtime: {
      now: () => Date.parse(mock.control.clock.now) + skews.client,
      elapsed: () => Date.parse(mock.control.clock.now),
      random: () => 0.5,
      uuid: () => crypto.randomUUID(),
      sleep: async (ms) => mock.advance(`PT${Math.ceil(ms) / 1000}S`),
    },
    fetch: async (url, init) => {
      const isFirst = posts === 0;
      if (isFirst && other === "before") await requestAsOther();
      try {
        return await carry(url, init as Parameters<typeof carry>[1]);
      } finally {
        if (isFirst && other === "after") await requestAsOther();
      }
    },
  });

  const result = await client.qualifications.request(customerId, body).then(
    ({ write }) => String(write),
    (error: unknown) => {
      if (!(error instanceof PartnerCenterError)) throw error;
      return error.write ?? error.kind;
    },
  );
  const shown = await recordsShown(mock);
  return {
    result,
    accepted: truth.isOwnAccepted ? "own" : truth.isOtherAccepted ? "another's" : "none",
    appeared: { own: shown.includes(truth.own), another: shown.includes(another) },
    listings,
  };
}

/** Returns the correlation ids of the successful records that have appeared. */
async function recordsShown(mock: Mock): Promise<string[]> {
  mock.control.clearFaults();
  const headers = { Authorization: "Bearer any" };
  const page = (await (await fetch(`${mock.url}/v1/auditrecords`, { headers })).json()) as {
    items: { originalCorrelationId: string; operationStatus: string }[];
  };
  return page.items
    .filter(({ operationStatus }) => operationStatus === "succeeded")
    .map(({ originalCorrelationId }) => originalCorrelationId);
}

/** Counts how often each result came of each truth, as lines of a table. */
export function tableOf(played: ReadonlyMap<Mode, readonly LostRequest[]>): string[] {
  const columns: [string, (one: LostRequest) => boolean][] = [
    ["proved own", ({ result }) => result === "created" || result === "accepted"],
    ["proved another's", ({ result }) => result === "alreadyPresent" || result === "conflict"],
    ["`found`, own", ({ result, accepted }) => result === "found" && accepted === "own"],
    ["`found`, another's", ({ result, accepted }) => result === "found" && accepted !== "own"],
    ["`unknown`, own", ({ result, accepted }) => result === "unknown" && accepted === "own"],
    ["`unknown`, not own", ({ result, accepted }) => result === "unknown" && accepted !== "own"],
    ["wrong", isWrong],
  ];
  return [
    `| | ${columns.map(([name]) => name).join(" | ")} |`,
    `| --- |${columns.map(() => " ---: |").join("")}`,
    ...[...played].map(([mode, runs]) => {
      const counts = columns.map(([, isMeant]) => runs.filter((run) => isMeant(run)).length);
      return `| ${mode} | ${counts.join(" | ")} |`;
    }),
  ];
}

/** Whether the client attributed another's request to itself, or missed its own. */
export function isWrong({ result, accepted }: LostRequest): boolean {
  const isClaimed = result === "created" || result === "accepted";
  const isDenied = result === "alreadyPresent" || result === "conflict";
  return accepted === "own" ? isDenied : isClaimed;
}
