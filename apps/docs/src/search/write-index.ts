import { readFile, writeFile } from "node:fs/promises";
import MiniSearch from "minisearch";
import { type Entry, indexOptions } from "./options.ts";

const kinds: [path: RegExp, kind: string][] = [
  [/^(start|concepts)?$/, "Start"],
  [/^guides\//, "Guide"],
  [/^reference\/$/, "Reference"],
  [/^reference\//, "Operation"],
  [/^errors\//, "Error"],
  [/^test-data$/, "Test data"],
  [/^packages\//, "Package"],
  [/^(openapi\/|changelog)/, "Version"],
];

/**
 * Writes the index that the search of the site loads.
 *
 * @param pages The built pages: the file of each by its address below the site.
 */
export async function writeSearchIndex(pages: Map<string, string>, file: URL): Promise<void> {
  const index = new MiniSearch<Entry>(indexOptions);
  for (const [path, source] of pages)
    index.addAll(sectionsOf(path, await readFile(source, "utf8")));
  await writeFile(file, JSON.stringify(index));
}

/** The sections of a built page, the one above the first heading included. */
export function sectionsOf(path: string, html: string): Entry[] {
  const [, content = ""] = /<main[^>]*>(.*?)<\/main>/s.exec(html) ?? [];
  const kind = kinds.find(([pattern]) => pattern.test(path))?.[1] ?? "Background";
  const parts = content.split(/(?=<h[1-3][^>]* id=")/);
  const page = headingOf(parts.find((part) => part.startsWith("<h1")) ?? "").title;
  const title = page || (/<title>([^<·|]+)/.exec(html)?.[1]?.trim() ?? "");
  const sections = parts.map((part): Entry => {
    const { id, title: section } = headingOf(part);
    const isPage = part.startsWith("<h1") || !id;
    return {
      path: isPage ? path : `${path}#${id}`,
      page: title,
      section: isPage ? "" : section,
      kind,
      names: namesIn(part),
      text: textOf(part.replace(/^<h[1-3].*?<\/h[1-3]>/s, "")),
    };
  });
  const whole = sections.filter(({ section }) => !section);
  const rest = sections.filter(({ section, text }) => section && text);
  // Two sections may have the same anchor in what TypeDoc writes; the first is the one that a link opens.
  const seen = new Set([path]);
  return [
    {
      path,
      page: title,
      section: "",
      kind,
      names: whole.map(({ names }) => names).join(" "),
      text: whole
        .map(({ text }) => text)
        .join(" ")
        .trim(),
    },
    ...rest.filter((entry) => !seen.has(entry.path) && seen.add(entry.path)),
  ];
}

/** As schema.ts writes them: the name, then its type. */
function namesIn(part: string): string {
  const names = part.matchAll(/<code>([\w-]+)<\/code> <span class="type"/g);
  return [...names].map(([, name]) => name).join(" ");
}

function headingOf(part: string): { id: string; title: string } {
  const [, id = "", inner = ""] =
    /^<h[1-3][^>]* id="([^"]+)"[^>]*>(.*?)<\/h[1-3]>/s.exec(part) ?? [];
  return { id, title: textOf(inner.replace(/<a class="header-anchor".*/s, "")) };
}

const entities: Record<string, string> = { lt: "<", gt: ">", quot: '"', amp: "&", "#39": "'" };

function textOf(html: string): string {
  return html
    .replaceAll(/<(script|style|svg|textarea)\b.*?<\/\1>/gs, " ")
    .replaceAll(/<span class="lang">[^<]*<\/span>/g, " ")
    .replaceAll(/<\/(?:p|li|td|th|h\d|pre|dt|dd|div|summary|label)>|<br>/g, " ")
    .replaceAll(/<[^>]*>/g, "")
    .replaceAll(/&(lt|gt|quot|amp|#39);/g, (_, name: string) => entities[name] ?? "")
    .replaceAll(/[\u200B\s]+/g, " ")
    .trim();
}
