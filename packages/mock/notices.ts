// The licences of what is bundled, for the tarball.

import { glob, readFile } from "node:fs/promises";

/** Those that allow to publish a copy with its notice. */
const allowed = new Set(["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"]);

/**
 * Returns the names, licences and notices of the packages that bundled modules come from.
 *
 * @param modules Their paths.
 * @throws {Error} If a package has another licence, or none.
 */
export async function noticesOf(modules: readonly string[]): Promise<string> {
  const folders = new Set(
    modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []),
  );
  const notices = await Promise.all([...folders].map(noticeOf));
  return [...new Set(notices)].toSorted().join(`\n${"-".repeat(80)}\n\n`);
}

interface Named {
  name: string;
  version: string;
  author?: unknown;
  license?: string;
  /** As old packages have it. */
  licenses?: { type: string }[];
}

async function noticeOf(folder: string): Promise<string> {
  const { name, version, author, licenses, ...manifest } = JSON.parse(
    await readFile(`${folder}/package.json`, "utf8"),
  ) as Named;
  const license = manifest.license ?? licenses?.[0]?.type;
  if (!license || !allowed.has(license)) {
    throw new Error(
      `${name} ${version} has the license ${license}: read it, then add it to packages/mock/notices.ts, or stop bundling it.`,
    );
  }
  const files = await Array.fromAsync(
    glob(["{licen[sc]e,LICEN[SC]E,Licen[sc]e}*", "NOTICE*"], { cwd: folder }),
  );
  const texts = await Promise.all(files.map((file) => readFile(`${folder}/${file}`, "utf8")));
  if (texts.length === 0) texts.push(`Without a licence file. Author: ${JSON.stringify(author)}`);
  return `${name} ${version}, ${license}\n\n${texts.map((text) => text.trim()).join("\n\n")}\n`;
}
