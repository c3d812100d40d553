import type { Database } from "../store/database.ts";

/** Places in the stream of requests that all workers share. */
export interface Grant {
  /** How many requests may be sent; 0 when none may yet. */
  count: number;
  /** How long to wait before the first, in milliseconds. */
  wait: number;
  /** How long to wait between two, in milliseconds. */
  gap: number;
}

/** What became of requests. */
export interface Spent {
  accepted: number;
  refused: number;
  /** Places that were not used. */
  unused?: number;
  /** How long the service wants to be left alone, in milliseconds, when it has just begun to refuse. */
  closedMs?: number;
}

const now = "extract(epoch from clock_timestamp()) * 1000";
const locked = `was as (select *, ${now} as t from qualifications.budget for update)`;
const firstPace =
  "100 * power(2, least(20, greatest(0, t - coalesce(nullif(grown_at, 0), t)) / 500))";

/**
 * The rate at which the service accepts requests, learned and kept in the database, so that all workers of a partner
 * share it.
 *
 * It begins at 100 requests a second and doubles each half second until the service refuses one (429), and continues at
 * half of that, a tenth more a second. From then on, what was accepted between two refusals is the limit, and it grows
 * by a thousandth a second, to find out whether the limit has been raised. `Retry-After` stops all workers; after it
 * one request is sent. When the service refuses that too, the next is sent after twice as long, a minute at most, and
 * the rate stays.
 */
export class Budget {
  readonly #database: Database;
  readonly #most: number;

  /** @param most Requests a second that are never exceeded. */
  constructor(database: Database, most: number) {
    this.#database = database;
    this.#most = most;
  }

  /** Reserves up to `wanted` places, no more than what fits in half a second. */
  async reserve(wanted: number): Promise<Grant> {
    const [grant] = await this.#database.query<Grant>(
      `with ${locked}, paced as (
         select t, greatest(t, next_at, closed_until) as start, least($2::double precision, case
           when phase = 0 then ${firstPace}
           else rate * exp(least(5, (t - grown_at) / 1000) * case
             when phase = 1 then 0.1 when t - refused_at > 60000 then 0.01 else 0.001 end) end) as pace,
           phase > 0 and accepted_since = 0 as is_probe
         from was
       ), granted as (
         select *, case when start - t > 1000 then 0 when is_probe then 1
           else least($1, greatest(1, floor(pace / 2)))::integer end as n from paced
       )
       update qualifications.budget b set
         next_at = case when n = 0 then next_at when is_probe then start + 1000 else start + n * 1000 / pace end,
         rate = case when phase = 0 then null else pace end,
         grown_at = case when phase = 0 and grown_at > 0 then grown_at else t end
       from granted returning n as count, start - t as wait, 1000 / pace as gap`,
      [wanted, this.#most],
    );
    return grant!;
  }

  /** Records what became of requests. */
  async report({ accepted, refused, unused = 0, closedMs }: Spent): Promise<void> {
    await this.#database.query(
      `with ${locked}, first as (
         select *, $5::double precision is not null and t >= closed_until as is_first,
           accepted_since + case when t < closed_until then 0 else $1::integer end as since, least($4::double precision, ${firstPace}) as pace from was
       )
       update qualifications.budget b set
         accepted = b.accepted + $1::integer, refused = b.refused + $2::integer,
         accepted_since = case when is_first then 0 else since end,
         refused_at = case when is_first then t else f.refused_at end,
         grown_at = case when is_first then t else f.grown_at end,
         phase = case when is_first and since > 0 then least(2, f.phase + 1) else greatest(f.phase, is_first::integer) end,
         rate = case when not is_first then f.rate
           when f.phase = 0 then pace / 2
           when since = 0 then f.rate
           when since < 20 then greatest(0.01, f.rate / 2)
           -- A service that was closed for long has not saved up what it did not accept.
           else least(f.rate * 2, since * 1000 / greatest(1, t - greatest(f.refused_at, f.closed_until - 5000))) end,
         closed_until = case when not is_first then greatest(f.closed_until, t + $5)
           when since = 0 and f.refused_at > 0
             then t + greatest($5, least(60000, 2 * (f.closed_until - f.refused_at)))
           else t + $5 end,
         next_at = case when is_first or (f.accepted_since = 0 and since > 0) then least(f.next_at, t)
           else f.next_at - $3::integer * 1000 / coalesce(f.rate, 1e9) end
       from first f`,
      [accepted, refused, unused, this.#most, closedMs ?? null],
    );
  }

  /** What the budget allows now, for people. The rate is null until it has been measured. */
  async read() {
    const [row] = await this.#database.query<
      { rate: number | null } & Record<"closedMs" | "accepted" | "refused", number>
    >(
      `select case when phase > 1 then rate end as rate, greatest(0, closed_until - ${now}) as "closedMs", accepted, refused
       from qualifications.budget`,
    );
    return row!;
  }
}
