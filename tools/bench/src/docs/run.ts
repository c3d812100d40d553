import { startDocs } from "@partner-qualifications/docs";
import { launchBrowser } from "@partner-qualifications/testing/browser";
import { serveCompressed } from "./front.ts";
import { type Figures, measurePage, type Subject } from "./measure-page.ts";
import { peerPages } from "./peer-pages.ts";
import { ours, printFigures, printRatios, redoc } from "./report.ts";

/** Compares the site's pages with Redoc's own page of the same contract and with Scalar's. */
export async function run({ rounds = 5 }: { rounds?: number } = {}): Promise<void> {
  await using docs = await startDocs();
  using site = await serveCompressed(async (path) => {
    const answer = await fetch(docs.url + path);
    if (!answer.ok) return undefined;
    const type = answer.headers.get("content-type") ?? "application/octet-stream";
    return { type, body: Buffer.from(await answer.arrayBuffer()) };
  });
  const peers = await peerPages();
  using beside = await serveCompressed(async (path) => peers[path]);
  const title = /Partner Center customer qualifications/;
  const subjects: Record<string, Subject> = {
    [redoc]: { url: `${beside.url}/redoc.html`, own: title },
    "Scalar, standalone": { url: `${beside.url}/scalar.html`, own: title },
    Start: await written(`${site.url}/start`),
    "A guide": await written(`${site.url}/guides/asynchronous-flow`),
    "An operation": await written(`${site.url}/reference/requestQualification`),
    // The header of the site has its name before Redoc is there; the version stands in Redoc's heading alone.
    [ours]: { url: `${site.url}/redoc/`, own: /^Partner Center qualifications \(/ },
  };

  const figures = await measure(subjects, rounds);
  printFigures(figures);
  console.log();
  printRatios(figures);
  console.log(`
Medians of ${rounds} rounds in which the pages take turns, and of each round's own ratio; headless Chromium
with empty caches, the processor slowed four times, 10 Mbit/s, everything gzipped alike, every other host
out of reach. Paint is the largest contentful paint, but not before the page's title can be seen; Redoc's
own page counts with its introduction, before any operation is there. Blocking is what long tasks take
over 50 ms until nothing happens any more. Our page of Redoc loads it at once, below the site's header, so it has
no limit.`);
}

/** Returns a page identified by the title in its source. */
async function written(url: string): Promise<Subject> {
  const html = await (await fetch(url)).text();
  const title = /<h1[^>]*>([\w\s]+)/.exec(html)?.[1]?.trim();
  if (!title) throw new Error(`${url} has no title`);
  return { url, own: new RegExp(`^\\s*${title}`) };
}

/** Measures all pages in all rounds, in another order each round. */
async function measure(
  subjects: Record<string, Subject>,
  rounds: number,
): Promise<Map<string, Figures[]>> {
  const names = Object.keys(subjects);
  const figures = new Map(names.map((name) => [name, [] as Figures[]]));
  await using browser = await launchBrowser();
  for (let round = 0; round < rounds; round += 1) {
    for (let place = 0; place < names.length; place += 1) {
      const name = names[(place + round) % names.length]!;
      process.stderr.write(`\rRound ${round + 1} of ${rounds}: ${name} …\x1b[K`);
      figures.get(name)!.push(await measurePage(browser, subjects[name]!));
    }
  }
  process.stderr.write("\r\x1b[K");
  return figures;
}
