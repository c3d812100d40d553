import { summaryOf, tablesOf } from "./tables.ts";
import type { SuiteResult } from "../phases/run-suite.ts";
import { type Cause, causesOf } from "./causes.ts";
import { escape } from "./escape.ts";

const style = `:root{color-scheme:light dark;--bad:#b3261e;--good:#1b6e2d;--line:#8886}
@media(prefers-color-scheme:dark){:root{--bad:#ff8a80;--good:#81c995}}
body{font:16px/1.5 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem;overflow-wrap:anywhere}
table{border-collapse:collapse;margin:1rem 0}th,td{text-align:left;padding:.25rem .75rem;border-bottom:1px solid var(--line);vertical-align:top}
pre{white-space:pre-wrap;overflow-wrap:anywhere;padding:.75rem;border:1px solid var(--line);border-radius:4px;max-height:20rem;overflow:auto}
.scroll{overflow-x:auto;overflow-wrap:normal}.bad{color:var(--bad);font-weight:600}.good{color:var(--good)}li{margin-bottom:1.5rem}
:focus-visible{outline:2px solid;outline-offset:2px}`;

/** Formats a run as one HTML page without scripts and other files. */
export function htmlOf(
  result: SuiteResult,
  gaps: readonly string[],
  { title, command }: { title: string; command: string },
): string {
  const { failures, sent, matrix } = result;
  const causes = causesOf(failures);
  const outcome =
    failures.length + gaps.length === 0
      ? `<p class="good">All checks passed: ${sent} requests.</p>`
      : `<p class="bad">${failures.length} failures of ${causes.length} causes, ${gaps.length} gaps: ${sent} requests.</p>`;
  const { answers, requests } = tablesOf(matrix);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}: contract suite</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escape(title)}</h1>
${outcome}
${causes.length > 0 ? `<h2>Causes, worst first</h2>\n<ol>\n${causes.map((one) => causeItem(one, command)).join("\n")}\n</ol>` : ""}
${gaps.length > 0 ? `<h2>Gaps</h2>\n<ul>\n${gaps.map((gap) => `<li>${escape(gap)}</li>`).join("\n")}\n</ul>` : ""}
<h2>Checks</h2>
${checkTable(result)}
<h2>Coverage</h2>
<p>${escape(summaryOf(matrix))}</p>
${table('${table("Statements proved by responses, by status", answers)}', answers)}
${table("Statements satisfied and violated by requests", requests)}
<p>~ waived with a reason, ! not proved</p>
</main>
</body>
</html>
`;
}

function causeItem({ check, example, count, operations }: Cause, command: string): string {
  return `<li><strong>${escape(check)}</strong>, ${escape(example.operationId)}: ${escape(example.message)}
<p>${count} times, in ${escape(operations.join(", "))}</p>
<pre tabindex="0">${escape(`${command} ${example.replay}`)}</pre>
<pre tabindex="0">${escape(example.curl)}</pre></li>`;
}

function checkTable({ checks }: SuiteResult): string {
  const rows = checks.map(({ name, summary, judged, failed, inapplicable }) => {
    const outcome =
      inapplicable === undefined
        ? judged === 0
          ? "<td>nothing to judge in this run</td>"
          : failed > 0
            ? `<td class="bad">${failed} of ${judged} failed</td>`
            : `<td class="good">${judged} passed</td>`
        : `<td>does not apply: ${escape(inapplicable)}</td>`;
    return `<tr><th scope="row">${escape(name)}</th><td>${escape(summary)}</td>${outcome}</tr>`;
  });
  return `<div class="scroll" tabindex="0"><table>
<thead><tr><th scope="col">Check</th><th scope="col">Requires</th><th scope="col">Outcome</th></tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table></div>`;
}

function table(caption: string, [head = [], ...rows]: string[][]): string {
  return `<div class="scroll" tabindex="0"><table>
<caption>${escape(caption)}</caption>
<thead><tr>${head.map((cell) => `<th scope="col">${escape(cell)}</th>`).join("")}</tr></thead>
<tbody>
${rows.map(tableRow).join("\n")}
</tbody>
</table></div>`;
}

function tableRow([first = "", ...cells]: string[]): string {
  const rest = cells.map((cell) => `<td>${escape(cell)}</td>`).join("");
  return `<tr><th scope="row">${escape(first)}</th>${rest}</tr>`;
}
