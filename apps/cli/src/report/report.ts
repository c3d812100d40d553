import { count } from "../print.ts";
import type { ExportedRow } from "../store/portfolio.ts";

const style = `
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 64rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
.tiles, .charts { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); padding: 0; }
.charts { gap: 2rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); margin-top: 2rem; }
.tiles li { border: 1px solid #8886; border-radius: .5rem; padding: .6rem .9rem; list-style: none; }
.tiles b { display: block; font-size: 1.6rem; font-variant-numeric: tabular-nums; }
figure { margin: 0; } figcaption { font-weight: 600; } table { width: 100%; border-spacing: 0 .3rem; font-size: .85rem; }
th { text-align: left; font-weight: 400; width: 38%; overflow-wrap: anywhere; }
.value { text-align: right; width: 4rem; font-variant-numeric: tabular-nums; }
.stack { display: flex; height: 1rem; } .stack span { min-width: 1px; } .keys span { margin-right: 1rem; } .keys i { font-style: normal; }
.c0 { --c: light-dark(#0f6cbd, #62abf5); } .c1 { --c: light-dark(#107c10, #54b054); } .c2 { --c: light-dark(#b4570a, #f7a35c); }
.c3 { --c: light-dark(#a4262c, #ee7c84); } .c4 { --c: light-dark(#5c2e91, #b08fd8); } .c5 { --c: #888; }
.stack span { background: var(--c); } .keys i { color: var(--c); }`;

/** The charts over time have so many bars. */
const buckets = 12;

type Counts = Record<string, number>;

/** Writes the portfolio as one HTML page that loads nothing: outcomes over time, reasons, throughput and waiting. */
export async function* writeReport(rows: AsyncIterable<ExportedRow>): AsyncGenerator<string> {
  const outcomes: Counts = {};
  const reasons: Counts = {};
  const waiting: Counts = {};
  const events: [at: number, name: string][] = [];
  let total = 0;
  for await (const { requestedAt, endedAt, state, outcome, reason, ...row } of rows) {
    total++;
    if (requestedAt !== null) events.push([Date.parse(String(requestedAt)), "Requested"]);
    if (outcome === null)
      count(waiting, String(row.waiting ?? (state === "inReview" ? "in review" : "not requested")));
    else {
      count(outcomes, String(outcome));
      events.push([Date.parse(String(endedAt)), String(outcome)]);
      if (outcome !== "Approved") count(reasons, `${outcome}: ${reason ?? "no reason given"}`);
    }
  }
  let [first, last] = [Infinity, -Infinity];
  for (const [at] of events) [first, last] = [Math.min(first, at), Math.max(last, at)];
  const step = Math.max(1, (last - first) / buckets);
  const times =
    events.length > 0 ? Array.from({ length: buckets }, (_, at) => first + at * step) : [];
  const names = Object.keys(outcomes);
  const perBucket = times.map((): Counts => ({}));
  for (const [at, name] of events)
    count(perBucket[Math.min(buckets - 1, Math.floor((at - first) / step))]!, name);
  let sums: Counts = {};
  const cumulative = perBucket.map((counts) => {
    sums = Object.fromEntries(names.map((name) => [name, (sums[name] ?? 0) + (counts[name] ?? 0)]));
    return sums;
  });
  const labels = times.map((at) =>
    new Date(at + step).toISOString().slice(0, 16).replace("T", " "),
  );
  const over = (series: Counts[]) => labels.map((label, at) => [label, series[at]!] as const);
  const largest = (counts: Counts) =>
    Object.entries(counts)
      .toSorted(([, one], [, other]) => other - one)
      .slice(0, 15)
      .map(([label, rowsOfIt]) => [label, { Rows: rowsOfIt }] as const);
  const open = Object.values(waiting).reduce((sum, one) => sum + one, 0);
  const tiles = Object.entries({ Rows: total, ...outcomes, Open: open });
  yield `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Qualifications of a portfolio</title><style>${style}</style></head><body>
<h1>Qualifications of a portfolio</h1>
<p>Written ${new Date().toISOString().slice(0, 16).replace("T", " ")} UTC.</p>
<ul class="tiles">${tiles.map(([name, value]) => `<li><b>${show(value)}</b>${escape(name)}</li>`).join("")}</ul>
<div class="charts">
${chart("Outcomes over time (UTC)", names, over(cumulative))}
${chart("Requested by then (UTC)", ["Requested"], over(perBucket))}
${chart("Reasons of rows that were not approved", ["Rows"], largest(reasons))}
${chart("Waiting", ["Rows"], largest(waiting))}
</div></body></html>
`;
}

/** Draws a bar for each row of values, with a part for each name. */
function chart(title: string, names: string[], rows: (readonly [string, Counts])[]): string {
  const sum = (values: Counts) => names.reduce((all, name) => all + (values[name] ?? 0), 0);
  const most = Math.max(1, ...rows.map(([, values]) => sum(values)));
  const part = (value = 0, at = 0) =>
    value > 0
      ? `<span class="c${at % 6}" style="width:${((value / most) * 100).toFixed(2)}%"></span>`
      : "";
  const bars = rows.map(
    ([label, values]) =>
      `<tr><th scope="row">${escape(label)}</th><td><div class="stack">${names.map((name, at) => part(values[name], at)).join("")}</div></td><td class="value">${show(sum(values))}</td></tr>`,
  );
  const keys = names.map((name, at) => `<span><i class="c${at % 6}">■</i> ${escape(name)}</span>`);
  const content = bars.length > 0 ? `<table>${bars.join("")}</table>` : "<p>None.</p>";
  return `<figure><figcaption>${title}</figcaption>${names.length > 1 ? `<p class="keys">${keys.join("")}</p>` : ""}${content}</figure>`;
}

const show = (value: number) => value.toLocaleString("en-US");

const escape = (text: string) => text.replaceAll(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
