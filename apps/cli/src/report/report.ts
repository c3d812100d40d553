import type { Database } from "../store/database.ts";
import { countRows } from "../store/portfolio.ts";

const style = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 64rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
.tiles, .charts { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); padding: 0; }
.charts { gap: 2rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); margin-top: 2rem; }
.tiles li { border: 1px solid #8886; border-radius: .5rem; padding: .6rem .9rem; list-style: none; }
.tiles b { display: block; font-size: 1.6rem; font-variant-numeric: tabular-nums; }
figure { margin: 0; } figcaption { font-weight: 600; } table { width: 100%; border-spacing: 0 .3rem; font-size: .85rem; line-height: 1.25; }
th { text-align: left; font-weight: 400; width: 38%; overflow-wrap: anywhere; } .times th { width: 6.5rem; } .keys { float: right; margin: 0; }
.value { text-align: right; width: 4rem; font-variant-numeric: tabular-nums; }
.stack { display: flex; height: 1rem; } .stack span { min-width: 1px; } .keys span { margin-right: 1rem; } .keys i { font-style: normal; }
span, i { --c: light-dark(#0f6cbd, #62abf5); } .Approved { --c: light-dark(#107c10, #54b054); } .Denied { --c: light-dark(#a4262c, #ee7c84); }
.Refused { --c: light-dark(#b4570a, #f7a35c); } .Failed { --c: light-dark(#5c2e91, #b08fd8); } .Cancelled { --c: #888; }
.stack span { background: var(--c); } .keys i { color: var(--c); }`;

type Chart = [label: string, values: Record<string, number>][];

/** How many rows were requested, and how many have which outcome, at twelve points in time. */
const overTime = `
with event as (
  select requested_at as at, 'Requested' as name from qualifications.row where requested_at is not null
  union all select ended_at, outcome from qualifications.row where requested_at is not null and state = 'ended'
), point as (
  select low + n * (high - low) / 12 as at, case when high - low < 86400000 then 'HH24:MI:SS' else 'Mon DD, HH24:MI' end as form
  from (select min(at) as low, max(at) as high from event) range, generate_series(1, 12) as n where low is not null
)
select to_char(to_timestamp(at / 1000) at time zone 'UTC', form) as label,
  (select coalesce(json_object_agg(name, n), '{}') from
    (select name, count(*)::integer as n from event where event.at <= point.at + 1 group by name) sums) as values
from point order by at`;

const reasons = `
select outcome || ': ' || coalesce(reason, 'no reason given') as label, json_build_object('Rows', count(*)) as values
from qualifications.row where outcome <> 'Approved' group by 1 order by count(*) desc limit 15`;

/** Writes the portfolio as one HTML page that loads nothing: outcomes over time, reasons, throughput and waiting. */
export async function* writeReport(database: Database): AsyncGenerator<string> {
  const read = async (sql: string): Promise<Chart> =>
    (await database.query<{ label: string; values: Record<string, number> }>(sql)).map((row) => [
      row.label,
      row.values,
    ]);
  const { outcomes, waiting, total, open } = await countRows(database);
  const times = await read(overTime);
  const pace = times.map(([label, { Requested = 0 }], at): Chart[number] => [
    label,
    { Requested: Requested - (times[at - 1]?.[1]["Requested"] ?? 0) },
  ]);
  const waits = Object.entries(waiting).map(([why, rows]): Chart[number] => [why, { Rows: rows }]);
  const tiles = Object.entries({ Rows: total, ...outcomes, Open: open });
  yield `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Qualifications of a portfolio</title><style>${style}</style></head><body>
<h1>Qualifications of a portfolio</h1>
<p>Written ${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC.</p>
<ul class="tiles">${tiles.map(([name, value]) => `<li><b>${show(value)}</b>${escape(name)}</li>`).join("")}</ul>
<div class="charts">
${chart("Outcomes over time (UTC)", Object.keys(outcomes), times, "times")}
${chart("Requests over time (UTC)", ["Requested"], pace, "times")}
${chart("Reasons of rows that were not approved", ["Rows"], await read(reasons))}
${chart("Waiting", ["Rows"], waits)}
</div></body></html>
`;
}

/** Draws a bar for each row of values, with a part for each name. */
function chart(title: string, names: string[], rows: Chart, kind = ""): string {
  const sum = (values: Record<string, number>) =>
    names.reduce((all, name) => all + (values[name] ?? 0), 0);
  const most = Math.max(1, ...rows.map(([, values]) => sum(values)));
  const width = (value = 0) => `width:${((value / most) * 100).toFixed(2)}%`;
  const bars = rows.map(([label, values]) => {
    const parts = names.map((name) =>
      values[name] ? `<span class="${escape(name)}" style="${width(values[name])}"></span>` : "",
    );
    return `<tr><th scope="row">${escape(label)}</th><td><div class="stack">${parts.join("")}</div></td><td class="value">${show(sum(values))}</td></tr>`;
  });
  const keys = names.map((name) => `<span><i class="${escape(name)}">■</i> ${escape(name)}</span>`);
  const legend = names.length > 1 ? `<p class="keys">${keys.join("")}</p>` : "";
  const content =
    bars.length > 0 ? `<table class="${kind}">${bars.join("")}</table>` : "<p>None.</p>";
  return `<figure>${legend}<figcaption>${title}</figcaption>${content}</figure>`;
}

const show = (value: number) => value.toLocaleString("en-US");

const escape = (text: string) => text.replaceAll(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
