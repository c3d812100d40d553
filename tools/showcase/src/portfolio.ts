import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { type Mock, startMock } from "@partner-qualifications/mock";
import { type Browser, launchBrowser } from "@partner-qualifications/testing/browser";

const rows = 2000;
/** Three days pass in so many seconds. */
const speed = (3 * 86_400) / 60;
/** How many of a hundred customers are denied for each reason. */
const denials = {
  "Not an Education Customer": 6,
  "Not an Academic Domain": 4,
  "Not an eligible Library": 2,
  "Not an eligible Museum": 1,
};
const idOf = (at: number) => `20000000-0000-4000-8000-${String(at).padStart(12, "0")}`;
const reasons = Object.entries(denials).flatMap(([why, count]) => Array<string>(count).fill(why));

/** A run of 2,000 rows in a terminal, killed in the middle and continued, and its report on a desk and a phone. */
export async function portfolio(directory: URL): Promise<void> {
  await using mock = await startMock({
    clock: "fast",
    speed,
    reviewTime: "P3D",
    journalSize: 100_000,
    customers: Array.from({ length: rows }, (_, at) => ({ id: idOf(at), why: reasons[at % 100] }))
      .filter(({ why }) => why !== undefined)
      .map(({ id, why }) => ({ id, summary: why!, education: "denied", vettingReason: why! })),
  });
  const folder = await mkdtemp(join(tmpdir(), "showcase-"));
  try {
    const frames = await record(mock, folder);
    const report = await readFile(join(folder, "report.html"), "utf8");
    await using browser = await launchBrowser();
    await drawFrames(browser, frames, new URL("portfolio-terminal.webp", directory));
    for (const [width, colorScheme] of [
      [1440, "light"],
      [390, "dark"],
    ] as const) {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      await page.setContent(report);
      const name = `portfolio-report-${width}.webp`;
      await writeFile(new URL(name, directory), await capture(page));
      await page.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Frame = [caption: string, screen: string];

/** Types the commands into a shell on a terminal, and keeps its screen at four moments. */
async function record(mock: Mock, folder: string): Promise<Frame[]> {
  const lines = Array.from({ length: rows }, (_, at) => `${idOf(at)},Education,K12`);
  const header = "customerId,qualification,educationSegment";
  await writeFile(join(folder, "rows.csv"), [header, ...lines].join("\n"));
  await writeFile(join(folder, "prompt"), "PS1='$ '");
  const cli = fileURLToPath(import.meta.resolve("@partner-qualifications/cli"));
  await symlink(join(cli, "../cli.js"), join(folder, "qualifications"));
  const shell = spawn("script", ["-qfc", "stty cols 132 rows 40; bash --rcfile prompt", "/dev/null"], {
    cwd: folder,
    env: {
      ...process.env,
      PATH: [folder, dirname(process.execPath), process.env["PATH"]].join(delimiter),
      TERM: "dumb",
      QUALIFICATIONS_BASE_URL: mock.url,
      QUALIFICATIONS_TOKEN: "any",
      QUALIFICATIONS_STATE: join(folder, "portfolio"),
    },
  });
  const closed = once(shell, "close");
  let text = "";
  shell.stdout.on("data", (chunk) => (text += String(chunk)));
  const screen = () => screenOf(text.replaceAll(folder, "~"));
  const began = performance.now();
  const frames: Frame[] = [];
  const keep = (what: string) => {
    const seconds = Math.round((performance.now() - began) / 1000);
    frames.push([`${what} · second ${seconds} · ${journalOf(mock)}`, screen()]);
  };
  const command = `qualifications portfolio run rows.csv --rate 100 --speed ${speed} --yes`;
  await until(() => screen().endsWith("$ "));
  type(shell, command);
  await until(() => posted(mock).size > rows * 0.45);
  // The line is written again each second.
  await sleep(1500);
  keep("Requesting");
  process.kill(Number(await readFile(join(folder, "portfolio/process"), "utf8")), "SIGKILL");
  await until(() => screen().includes("Killed"));
  keep("Killed with SIGKILL");
  type(shell, command);
  const before = posted(mock).size;
  await until(() => posted(mock).size > before + rows * 0.3);
  await sleep(1500);
  keep("Continued with the same command");
  await until(() => /^Approved /m.test(screen()) && screen().endsWith("$ "));
  type(shell, "qualifications portfolio export --format html --output report.html; echo $?");
  await until(() => /^\d$/m.test(screen()));
  keep("Every row has an outcome");
  shell.stdin.end("exit\n");
  await closed;
  return frames;
}

const type = (shell: ChildProcess, line: string) => shell.stdin!.write(`${line}\n`);

async function until(isDone: () => boolean): Promise<void> {
  for (const began = performance.now(); !isDone(); await sleep(100)) {
    if (performance.now() - began > 600_000) throw new Error("The run stands still");
  }
}

/** What a terminal shows of a text whose only control sequence is to begin a line again. */
const screenOf = (text: string): string =>
  text
    .replaceAll("\r\n", "\n")
    .split("\n")
    .map((line) => stripVTControlCharacters(line.slice(line.lastIndexOf("\r") + 1)))
    .join("\n");

/** The identifiers under which each customer was requested. */
function posted(mock: Mock): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { request } of mock.control.journal({ after: 0, limit: 100_000 }).log.entries) {
    if (request.method !== "POST") continue;
    const identifier = request.headers.find(({ name }) => name === "ms-requestid")?.value ?? "";
    found.set(request.url, (found.get(request.url) ?? new Set()).add(identifier));
  }
  return found;
}

function journalOf(mock: Mock): string {
  const customers = [...posted(mock).values()];
  const twice = customers.filter((identifiers) => identifiers.size > 1).length;
  return `the mock's journal: ${customers.length} customers requested, ${twice} of them twice`;
}

const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** Draws the screens below each other. */
async function drawFrames(browser: Browser, frames: Frame[], file: URL): Promise<void> {
  const drawn = frames.map(
    ([caption, screen]) => `<figure><figcaption>${escape(caption)}</figcaption>
      <pre>${escape(screen.trimEnd().split("\n").slice(-8).join("\n"))}</pre></figure>`,
  );
  const page = await browser.newPage({ viewport: { width: 1160, height: 600 } });
  await page.setContent(`<style>
    body { margin: 0; padding: 16px; background: #8a94a6; font: 15px system-ui, sans-serif; }
    figure { margin: 0 0 16px; border-radius: 8px; overflow: hidden; background: #10131a; color: #e6e9f0; }
    figure:last-child { margin: 0; }
    figcaption { padding: 8px 14px; background: #262b38; color: #b6bccb; }
    pre { margin: 0; padding: 12px 14px; min-height: 8.4em; font: 14px/1.4 ui-monospace, monospace; white-space: pre-wrap; }
    </style>${drawn.join("")}`);
  await writeFile(file, await capture(page));
  await page.close();
}

/** Takes a picture of a whole page, as WebP, which the browser's own protocol has. */
async function capture(page: Awaited<ReturnType<Browser["newPage"]>>): Promise<Buffer> {
  const devTools = await page.context().newCDPSession(page);
  const { data } = await devTools.send("Page.captureScreenshot", {
    format: "webp",
    quality: 80,
    captureBeyondViewport: true,
  });
  return Buffer.from(data, "base64");
}
