import { randomUUID } from "node:crypto";
import {
  createQualificationsClient,
  type Outcome,
  PartnerCenterError,
  type QualificationRequest,
  type Vetting,
} from "@partner-qualifications/client";
import { startMock } from "@partner-qualifications/mock";
import { type Random, randomOf } from "./random.ts";
import { VirtualClock } from "../virtual-clock.ts";

// A portfolio under all failures between a client and the service, each with its own probability. The
// mock decides what the customers really hold.

const minute = 60_000;
const hour = 60 * minute;
const customers = 20;

/** The probabilities of one run. The seed switches each on or off. */
interface Conditions {
  clientSkewMs: number;
  /** `undefined`: no `Date` header. */
  gatewaySkewMs: number | undefined;
  oddSpelling: number;
  oddDates: number;
  wrappers: number;
  unreadableMembers: number;
  foreignBodies: number;
  neverLeft: number;
  lostAnswers: number;
  serverErrors: number;
  throttled: number;
  unauthorized: number;
  unknownAfterWrite: number;
  credentialFailures: number;
  sleepingMachine: number;
  restarts: number;
}

function conditionsOf(random: Random): Conditions {
  const rate = (most: number) => (random.chance(0.5) ? random.upTo(most) : 0);
  const skew = () => random.upTo(30 * minute) - 15 * minute;
  return {
    clientSkewMs: skew(),
    gatewaySkewMs: random.chance(0.7) ? skew() : undefined,
    oddSpelling: rate(1),
    oddDates: rate(1),
    wrappers: rate(1),
    unreadableMembers: rate(0.5),
    foreignBodies: rate(1),
    neverLeft: rate(0.3),
    lostAnswers: rate(0.3),
    serverErrors: rate(0.3),
    throttled: rate(0.3),
    unauthorized: rate(0.1),
    unknownAfterWrite: rate(0.8),
    credentialFailures: rate(0.2),
    sleepingMachine: rate(0.1),
    restarts: rate(0.3),
  };
}

export interface Followed {
  customerId: string;
  /** The client's outcome. */
  outcome: Outcome["status"];
  /** The mock's state at that moment. */
  held: string | undefined;
  /** Identifiers of the requests that the mock carried out. */
  carriedOut: string[];
}

/** Requests a qualification for each customer of a portfolio and polls it to its end. */
export async function followPortfolio(seed: number): Promise<Followed[]> {
  const random = randomOf(seed);
  const conditions = conditionsOf(random);
  const portfolio = Array.from({ length: customers }, (_, index) => {
    const id = `00000000-0000-4000-9000-${String(index).padStart(12, "0")}`;
    const education = random.pick(["approved", "denied"] as const);
    const body: QualificationRequest = random.pick([
      { qualification: "Education", educationSegment: "K12" },
      { qualification: "Education", educationSegment: "HigherEducation" },
      { qualification: "GovernmentCommunityCloud", validationCode: "all-of-them" },
      { qualification: "StateOwnedEntity" },
    ] as const);
    return { id, education, body, random: randomOf(seed * 1000 + index + 1) };
  });

  const carriedOut = new Map<string, Set<string>>();
  await using mock = await startMock({
    clock: "manual",
    now: "2026-01-05T09:00:00.123Z",
    customers: portfolio.map(({ id, education }) => ({ id, summary: id, education })),
    codes: [{ validationId: "all-of-them", maxCreates: 1000 }],
    log({ message, reply }) {
      const { "ms-requestid": requestId } = message.headers as Record<string, string>;
      const own = portfolio.find(({ id }) => message.url.pathname.includes(id));
      if (message.method !== "POST" || reply.status !== 201 || !own) return;
      const ids = carriedOut.get(own.id) ?? new Set<string>();
      carriedOut.set(own.id, ids.add(requestId!));
    },
  });
  const clock = new VirtualClock((ms) => mock.advance(`PT${ms / 1000}S`));
  const direct = (id: string, body?: QualificationRequest) =>
    clock.during(async () => {
      const response = await fetch(`${mock.url}/v1/customers/${id}/qualifications`, {
        method: body ? "POST" : "GET",
        headers: { authorization: "Bearer any", "content-type": "application/json" },
        ...(body && { body: JSON.stringify(body) }),
      });
      return JSON.parse(await response.text()) as Item[];
    });

  // Some were denied before, recently or long ago.
  for (const { id, education, body } of portfolio) {
    if (body.qualification !== "Education" || education !== "denied" || random.chance(0.5))
      continue;
    await direct(id, body);
  }
  await clock.sleep(10 * 24 * hour);
  await clock.sleep(random.chance(0.5) ? random.upTo(20 * minute) : 0);
  carriedOut.clear();

  const runtime = {
    now: () => clock.now() + conditions.clientSkewMs,
    elapsed: () => clock.now(),
    random: () => random.upTo(1),
    uuid: randomUUID,
    sleep: (ms: number, signal?: AbortSignal) =>
      clock.sleep(
        ms + (random.chance(conditions.sleepingMachine) ? random.upTo(8 * hour) : 0),
        signal,
      ),
  };
  const newClient = () =>
    createQualificationsClient({
      baseUrl: mock.url,
      runtime,
      credential: {
        async getToken() {
          if (random.chance(conditions.credentialFailures)) {
            throw Object.assign(new Error("getaddrinfo EAI_AGAIN"), { code: "EAI_AGAIN" });
          }
          return { token: "the-same-token", expiresOnTimestamp: runtime.now() + hour };
        },
      },
      fetch: (url, init) => clock.during(() => exchange(url, init)),
    });
  const acceptedAt = new Map<string, number>();

  async function exchange(url: string, init: RequestInit): Promise<Response> {
    const own = portfolio.find(({ id }) => url.includes(id))!;
    const by = own.random;
    const happens = (condition: keyof Conditions) => by.chance(Number(conditions[condition] ?? 0));
    await clock.sleep(by.upTo(2000), undefined, true);
    if (happens("neverLeft")) {
      const cause = Object.assign(new Error("refused"), {
        code: "ECONNREFUSED",
        syscall: "connect",
      });
      throw new TypeError("fetch failed", { cause });
    }
    if (happens("throttled"))
      return failure(429, by, { "Retry-After": by.pick(["0", "1", "2,3"]) });
    if (happens("unauthorized")) return failure(401, by);
    if (happens("serverErrors")) return failure(by.pick([500, 502, 503]), by);
    const since = clock.now() - (acceptedAt.get(own.id) ?? Number.NEGATIVE_INFINITY);
    if (init.method === "GET" && since < 90_000 && happens("unknownAfterWrite")) {
      return failure(404, by);
    }
    const response = await fetch(url, init);
    const text = await response.text();
    if (init.method === "POST" && response.ok) acceptedAt.set(own.id, clock.now());
    await clock.sleep(by.upTo(2000), undefined, true);
    if (happens("lostAnswers"))
      throw new TypeError("fetch failed", { cause: { code: "ECONNRESET" } });
    if (happens("serverErrors")) return failure(by.pick([500, 504]), by);
    const body = response.ok ? spoil(JSON.parse(text), init.method!, by) : JSON.parse(text);
    return new Response(JSON.stringify(body), { status: response.status, headers: headers() });
  }

  function headers(more: Record<string, string> = {}): Record<string, string> {
    const { gatewaySkewMs } = conditions;
    return {
      "Content-Type": "application/json",
      ...(gatewaySkewMs !== undefined && {
        Date: new Date(clock.now() + gatewaySkewMs).toUTCString(),
      }),
      ...more,
    };
  }

  function failure(status: number, by: Random, more: Record<string, string> = {}): Response {
    const isForeign = by.chance(conditions.foreignBodies);
    const body = isForeign
      ? by.pick([
          "",
          "<html><h1>Bad gateway</h1></html>",
          '{"error":{"code":"Busy","message":"No"}}',
        ])
      : '{"code":"0","description":"It failed"}';
    return new Response(body, { status, headers: headers(more) });
  }

  function spoil(body: unknown, method: string, by: Random): unknown {
    const happens = (condition: keyof Conditions) => by.chance(Number(conditions[condition] ?? 0));
    const items = (Array.isArray(body) ? body : [body]) as Item[];
    const spoiled: unknown[] = items.map((item) => {
      const spelled = happens("oddSpelling") ? misspell(item, by) : item;
      return happens("oddDates") ? misdate(spelled, method, by) : spelled;
    });
    if (method === "POST") return happens("wrappers") ? spoiled : spoiled[0];
    if (happens("unreadableMembers")) spoiled.push(by.pick([null, 7, {}, { qualification: "" }]));
    if (!happens("wrappers")) return spoiled;
    return by.pick([{ items: spoiled }, { Value: { totalCount: 1, Items: spoiled } }]);
  }

  async function requestUntilKnown(own: (typeof portfolio)[number]): Promise<Vetting> {
    let continuation = {};
    for (;;) {
      try {
        return await newClient().qualifications.request(own.id, own.body, continuation);
      } catch (error) {
        if (!(error instanceof PartnerCenterError)) throw error;
        // Either known not to be carried out, so that a new request is safe, or unknown.
        continuation = error.continuation ?? continuation;
        if (error.kind === "conflict" || error.kind === "invalidRequest") throw error;
        await clock.sleep(5 * minute);
      }
    }
  }

  const latest = clock.now() + 60 * 24 * hour;

  async function follow(own: (typeof portfolio)[number]): Promise<Followed> {
    await clock.sleep(own.random.upTo(hour));
    let vetting = await requestUntilKnown(own);
    for (;;) {
      const stop = new AbortController();
      const restart = own.random.chance(conditions.restarts);
      const polling = vetting.pollUntilDone({
        interval: { initialMs: 10 * minute, factor: 3, maxMs: 12 * hour },
        // With polls half a day apart, failures repeat by chance for days.
        patienceMs: 14 * 24 * hour,
        signal: stop.signal,
        onProgress({ polls, ...seen }) {
          // The process is killed while it waits, and another one resumes.
          if (restart && polls === 2) stop.abort();
          if (clock.now() > latest) stop.abort(new Error(`Not ended: ${JSON.stringify(seen)}`));
        },
      });
      try {
        const { status } = await polling;
        const held = (await direct(own.id)).find(
          ({ qualification }) => qualification === own.body.qualification,
        );
        const ids = [...(carriedOut.get(own.id) ?? [])];
        // A qualification without a review has no status.
        return {
          customerId: own.id,
          outcome: status,
          held: held && (held.vettingStatus ?? "Approved"),
          carriedOut: ids,
        };
      } catch (error) {
        if (!stop.signal.aborted) throw error;
        if (clock.now() > latest) throw stop.signal.reason;
        vetting = newClient().qualifications.resume(String(vetting));
      }
    }
  }

  return await Promise.all(portfolio.map(follow));
}

interface Item {
  qualification: string;
  vettingStatus?: string;
  vettingCreateDate?: string;
}

function misspell(item: Item, by: Random): Item {
  const name = by.pick([
    (text: string) => text,
    (text: string) => text.toLowerCase(),
    (text: string) => text.charAt(0).toUpperCase() + text.slice(1),
  ]);
  const value = by.pick([
    (text: string) => text.toLowerCase(),
    (text: string) => text.toUpperCase(),
  ]);
  return Object.fromEntries(
    Object.entries(item).map(([member, one]) => [
      name(member),
      member === "vettingStatus" || member === "qualification" ? value(String(one)) : one,
    ]),
  ) as unknown as Item;
}

function misdate(item: Item, method: string, by: Random): Item {
  const member = Object.keys(item).find((name) => name.toLowerCase() === "vettingcreatedate");
  if (member === undefined) return item;
  const date = String((item as unknown as Record<string, string>)[member]);
  const forms = [
    date.replace("Z", ""),
    date.replace("Z", "+00:00"),
    date.replace("T", " "),
    date.replace(/(\.\d+)?Z/, "Z"),
    ...(method === "POST" ? ["0001-01-01T00:00:00Z", ""] : []),
  ];
  return { ...item, [member]: by.pick(forms) };
}
