import type { Database } from "../store/database.ts";

/** Places in the stream of requests that all workers share. */
export interface Grant {
  /** How many requests may be sent; 0 when none may yet. */
  count: number;
  /** How long to wait before the first, in milliseconds. */
  waitMs: number;
  /** How long to wait between two, in milliseconds. */
  gapMs: number;
}

const now = "extract(epoch from clock_timestamp()) * 1000";

/**
 * The rate at which the service accepts requests, learned and kept in the database, so that all workers of a partner
 * share it.
 *
 * It begins at 100 requests a second and doubles each half second until the service refuses one (429). Between two refusals
 * the limit was used up, so what was accepted between them is the limit: from then on that is the rate, and it grows by
 * a thousandth a second, to find out whether the limit has been raised. `Retry-After` stops all workers.
 */
export class Budget {
  readonly #database: Database;
  readonly #speed: number;
  readonly #most: number;

  /**
   * @param speed How many seconds of the service's time pass in one second; 1 but for a mock with a fast clock.
   * @param most Requests a second that are never exceeded.
   */
  constructor(database: Database, speed: number, most: number) {
    this.#database = database;
    this.#speed = speed;
    this.#most = most;
  }

  /** Reserves up to `wanted` places, no more than what fits in half a second. */
  async reserve(wanted: number): Promise<Grant> {
    const [grant] = await this.#database.query<{ count: number; wait: number; gap: number }>(
      `with was as (
         select *, ${now} as t from qualifications.budget for update
       ), grown as (
         select t, closed_until, next_at, least($2::double precision, case
           when rate is null then 100 * power(2, least(20, greatest(0, t - case when grown_at = 0 then t else grown_at end) / 500))
           when refused_at = 0 then rate
           when t - refused_at > 60000 then rate * exp(0.01 * least(5, (t - grown_at) / 1000))
           else rate * exp(0.001 * least(5, (t - grown_at) / 1000)) end) as pace
         from was
       ), planned as (
         select t, closed_until, greatest(t, next_at, closed_until) as start, pace,
           least($1::integer, greatest(1, floor(pace / 2)))::integer as count from grown
       ), granted as (
         select *, case when start - t > 1000 then 0 else count end as n from planned
       )
       update qualifications.budget b set
         next_at = case when n > 0 then g.start + n * 1000 / g.pace else b.next_at end,
         rate = case when b.rate is null then null else g.pace end,
         grown_at = case when b.rate is null and b.grown_at > 0 then b.grown_at else g.t end
       from granted g
       returning g.n as count, g.start - g.t as wait, 1000 / g.pace as gap`,
      [wanted, this.#most],
    );
    return { count: grant?.count ?? 0, waitMs: grant?.wait ?? 0, gapMs: grant?.gap ?? 0 };
  }

  /** Reports what became of requests: how many were accepted, how many refused with 429, and places that were not used. */
  async report(accepted: number, refused: number, retryAfterMs: number, unused = 0): Promise<void> {
    await this.#database.query(
      `with was as (select *, ${now} as t from qualifications.budget for update),
       measured as (
         select *, $2::integer > 0 and t >= closed_until as first,
           (accepted_since + $1::integer) * 1000 / greatest(1, t - refused_at) as measured
         from was
       )
       update qualifications.budget b set
         accepted = b.accepted + $1::integer, refused = b.refused + $2::integer,
         accepted_since = case when m.first then 0 else b.accepted_since + $1::integer end,
         refused_at = case when m.first then m.t else b.refused_at end,
         closed_until = case when $2::integer > 0 then greatest(b.closed_until, m.t + $3::double precision) else b.closed_until end,
         rate = case
           when not m.first then b.rate
           when m.refused_at = 0 then least($5::double precision, 100 * power(2, least(20, (m.t - m.grown_at) / 500))) / 4
           when m.accepted_since + $1::integer < 20 then greatest(0.01, b.rate / 2)
           else greatest(0.01, least(b.rate * 2, m.measured)) end,
         grown_at = case when m.first then m.t else b.grown_at end,
         next_at = case when $2::integer > 0 then least(b.next_at, m.t) else b.next_at - $4::integer * 1000 / coalesce(b.rate, 1e9) end
       from measured m`,
      [accepted, refused, retryAfterMs / this.#speed, unused, this.#most],
    );
  }

  /** What the budget allows now, for people. */
  async read(): Promise<{
    rate: number | null;
    closedForMs: number;
    accepted: number;
    refused: number;
  }> {
    const [row] = await this.#database.query<{
      rate: number | null;
      closed: number;
      accepted: number;
      refused: number;
    }>(
      `select rate, greatest(0, closed_until - ${now}) as closed, accepted, refused from qualifications.budget`,
    );
    return {
      rate: row?.rate ?? null,
      closedForMs: row?.closed ?? 0,
      accepted: row?.accepted ?? 0,
      refused: row?.refused ?? 0,
    };
  }
}
