/** Escapes text for HTML and SVG. */
export const escape = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);

const number = (value: number): string =>
  value.toLocaleString("en-US", { maximumFractionDigits: 1 });

/** Draws a bar for each value, longest first. */
export function bars(title: string, values: [label: string, value: number][]): string {
  const most = Math.max(1, ...values.map(([, value]) => value));
  const rows = values
    .toSorted(([, one], [, other]) => other - one)
    .map(
      ([label, value]) =>
        `<tr><th scope="row">${escape(label)}</th><td><span class="bar" style="width:${((value / most) * 100).toFixed(1)}%"></span></td><td class="value">${number(value)}</td></tr>`,
    );
  return figure(
    title,
    rows.length > 0 ? `<table class="bars">${rows.join("")}</table>` : "<p>None.</p>",
  );
}

/** Draws lines over time, one for each series, with the same points in time. */
export function lines(
  title: string,
  times: number[],
  series: [label: string, values: number[]][],
): string {
  const [width, height] = [640, 220];
  const most = Math.max(1, ...series.flatMap(([, values]) => values));
  const first = times[0] ?? 0;
  const span = Math.max(1, (times.at(-1) ?? 0) - first);
  const x = (time: number) => 48 + ((time - first) / span) * (width - 60);
  const y = (value: number) => 12 + (1 - value / most) * (height - 44);
  const grid = [0, 0.5, 1].map(
    (share) =>
      `<line class="grid" x1="48" x2="${width - 12}" y1="${y(most * share)}" y2="${y(most * share)}"/><text x="42" y="${y(most * share) + 4}" text-anchor="end">${number(most * share)}</text>`,
  );
  const ends = [first, first + span].map(
    (time, at) =>
      `<text x="${x(time)}" y="${height - 8}" text-anchor="${at === 0 ? "start" : "end"}">${new Date(time).toISOString().slice(0, 16).replace("T", " ")}</text>`,
  );
  const drawn = series.map(
    ([, values], at) =>
      `<polyline class="series s${at}" points="${values.map((value, index) => `${x(times[index]!).toFixed(1)},${y(value).toFixed(1)}`).join(" ")}"/>`,
  );
  const keys = series.map(([label], at) => `<li class="s${at}">${escape(label)}</li>`);
  return figure(
    title,
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escape(title)}">${grid.join("")}${ends.join("")}${drawn.join("")}</svg><ul class="keys">${keys.join("")}</ul>`,
  );
}

const figure = (title: string, content: string): string =>
  `<figure><figcaption>${escape(title)}</figcaption>${content}</figure>`;
