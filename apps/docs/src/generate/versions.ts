import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { siteAddress } from "../address.ts";
import { blocks, escapeHtml, frontmatter } from "./markdown.ts";

/** A released version of the contract, with what changed in words (Markdown). */
export interface Version {
  version: string;
  changes: string;
}

/** Returns the versions of the contract from its changelog, the newest first. */
export function readVersions(): Version[] {
  const file = createRequire(import.meta.url).resolve("@partner-qualifications/spec/CHANGELOG.md");
  const [, ...sections] = readFileSync(file, "utf8").split(/^## /m);
  return sections.map((section) => {
    const [version = "", ...lines] = section.split("\n");
    return { version: version.trim(), changes: lines.join("\n").trim() };
  });
}

const files = (folder: string) =>
  ["openapi.json", "openapi.yaml"].map((file) => `<a href="${folder}${file}" download>${file}</a>`);

/** The page of one version: its files, and what changed. */
export function versionPage({ version, changes }: Version, isLatest: boolean): string {
  const [json = "", yaml = ""] = files("./");
  return blocks(
    frontmatter({
      title: `Version ${version}`,
      source: "spec/CHANGELOG.md",
      description: `What changed in version ${version} of the contract, and its OpenAPI document.`,
    }),
    `# Version ${version}`,
    `${isLatest ? "The latest version" : "An older version; [the latest](/openapi/)"} of the contract. Download it as ${json} or ${yaml}. These addresses are permanent.`,
    "## What changed",
    changes,
    "[All versions](/openapi/)",
  );
}

function row(label: string, folder: string): string {
  return `| ${label} | ${files(`./${folder}/`).join(" · ")} |`;
}

/** All versions with their files. */
export function versionsIndex(versions: Version[]): string {
  const [latest] = versions;
  return blocks(
    frontmatter({
      title: "Versions",
      source: "spec/CHANGELOG.md",
      description: "The OpenAPI document of every version of the contract.",
      aside: false,
    }),
    "# Versions of the contract",
    `The latest version is ${latest!.version}. Use the address of a version to pin it, or \`latest\` to always get the newest. New versions are announced in the <a href="../changelog.xml" target="_self">RSS feed</a>.`,
    [
      "| Version | OpenAPI 3.1 |",
      "| --- | --- |",
      row("latest", "latest"),
      ...versions.map(({ version }) => row(`[${version}](/openapi/${version}/)`, version)),
    ].join("\n"),
    `## What changed in ${latest!.version}`,
    latest!.changes,
    "[Full changelog](/changelog)",
    "## Other formats",
    "[Download](/download) has the contract in OpenAPI 3.0, for tools without support for 3.1, and the executable workflows.",
  );
}

/** The changelog as an RSS feed. The entries have no dates, because the changelog has none. */
export function changelogFeed(versions: Version[]): string {
  const items = versions.map(({ version, changes }) => {
    const address = `${siteAddress}openapi/${version}/`;
    return `<item><title>Version ${version}</title><link>${address}</link><guid>${address}</guid><description>${escapeHtml(changes)}</description></item>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Partner Center qualifications: versions of the contract</title><link>${siteAddress}openapi/</link><description>What changed in the contract, version by version.</description><language>en</language>
${items.join("\n")}
</channel></rss>
`;
}
