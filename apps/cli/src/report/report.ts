import type { ExportedRow } from "../store/portfolio.ts";
import { bars, escape, lines } from "./chart.ts";

const style = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; --accent: light-dark(#0f6cbd, #62abf5); }
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); gap: .75rem; padding: 0; list-style: none; }
.tiles li { border: 1px solid color-mix(in srgb, currentColor 20%, transparent); border-radius: .5rem; padding: .6rem .9rem; }
.tiles b { display: block; font-size: 1.6rem; font-variant-numeric: tabular-nums; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 1.5rem; }
figure { margin: 0; min-width: 0; } figcaption { font-weight: 600; margin-bottom: .4rem; }
svg { width: 100%; height: auto; } svg text { font-size: 12px; fill: currentColor; }
.grid { stroke: currentColor; opacity: .15; } .series { fill: none; stroke-width: 2; }
.s0 { stroke: var(--accent); color: var(--accent); } .s1 { stroke: light-dark(#107c10, #54b054); color: light-dark(#107c10, #54b054); }
.s2 { stroke: light-dark(#b4570a, #f7a35c); color: light-dark(#b4570a, #f7a35c); } .s3 { stroke: light-dark(#a4262c, #ee7c84); color: light-dark(#a4262c, #ee7c84); }
.keys { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; list-style: none; padding: 0; margin: .2rem 0 0; font-size: .85rem; }
.keys li::before { content: "━ "; }
.bars { width: 100%; border-spacing: 0 .3rem; } .bars th { text-align: left; font-weight: 400; width: 40%; overflow-wrap: anywhere; }
.bar { display: block; height: 1rem; min-width: 2px; background: var(--accent); border-radius: .15rem; }
.value { text-align: right; width: 5rem; font-variant-numeric: tabular-nums; }
`;

/** So many points in time have the charts. */
const points = 60;

/**
 * Writes the portfolio as one HTML page that loads nothing: outcomes over time, reasons, throughput and waiting.
 */
export async function* writeReport(rows: AsyncIterable<ExportedRow>): AsyncGenerator<string> {
  const outcomes: Record<string, number> = {};
  const reasons: Record<string, number> = {};
  const waiting: Record<string, number> = {};
  const requested: number[] = [];
  const ended: Record<string, number[]> = {};
  const took: number[] = [];
  let total = 0;
  for await (const row of rows) {
    total++;
    const start = row.requestedAt === null ? undefined : Date.parse(row.requestedAt);
    if (start !== undefined) requested.push(start);
    if (row.outcome === null)
      count(waiting, row.waiting ?? (row.state === "inReview" ? "in review" : "to be requested"));
    else {
      count(outcomes, row.outcome);
      if (row.outcome !== "Approved")
        count(reasons, `${row.outcome}: ${row.reason ?? "no reason given"}`);
      const end = Date.parse(row.endedAt ?? "");
      if (start !== undefined && !Number.isNaN(end)) {
        (ended[row.outcome] ??= []).push(end);
        took.push(end - start);
      }
    }
  }
  const all = [...requested, ...Object.values(ended).flat()];
  const [first, last] = all.reduce(
    ([low, high], time) => [Math.min(low, time), Math.max(high, time)],
    [Infinity, -Infinity],
  );
  const step = Math.max(1, (last - first) / points);
  const times =
    all.length > 0 ? Array.from({ length: points + 1 }, (_, at) => first + at * step) : [];
  const until = (list: number[]) => {
    const sorted = Float64Array.from(list).toSorted();
    let at = 0;
    return times.map((time) => {
      while (at < sorted.length && sorted[at]! <= time + 1) at++;
      return at;
    });
  };
  const perMinute = (list: number[]) =>
    until(list).map((sum, at, sums) => ((sum - (sums[at - 1] ?? sum)) * 60_000) / step);
  const series = Object.entries(ended).map(([name, list]): [string, number[]] => [
    name,
    until(list),
  ]);
  const top = Object.entries(reasons)
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, 15);
  const tiles = [
    ["Rows", total],
    ...Object.entries(outcomes),
    ["Open", Object.values(waiting).reduce((sum, one) => sum + one, 0)],
  ] as const;
  yield `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Qualifications of a portfolio</title><style>${style}</style></head><body>
<h1>Qualifications of a portfolio</h1>
<p>Written ${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC.</p>
<ul class="tiles">${tiles.map(([name, value]) => `<li><b>${value.toLocaleString("en-US")}</b>${escape(name)}</li>`).join("")}</ul>
<div class="charts">
${lines("Rows requested, and rows with an outcome, over time", times, [["Requested", until(requested)], ...series])}
${bars("Outcomes", Object.entries(outcomes))}
${bars("Reasons of rows that were not approved", top)}
${lines("Rows a minute", times, [
  ["Requested", perMinute(requested)],
  ["Ended", perMinute(Object.values(ended).flat())],
])}
${bars("Waiting", Object.entries(waiting))}
${bars("Hours from the request to the outcome", hours(took))}
</div></body></html>
`;
}

function hours(took: number[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const ms of took) {
    const day = Math.floor(ms / 86_400_000);
    const label =
      day === 0
        ? ms < 3_600_000
          ? "less than an hour"
          : "1 to 24"
        : `${day * 24} to ${(day + 1) * 24}`;
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return [...counts];
}

function count(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}
