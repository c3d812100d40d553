import { writePackagePages } from "./package-pages.ts";
import { writePages } from "./write-pages.ts";

const directory = new URL("../../pages/generated/", import.meta.url);

/** Makes the pages that are not written by hand. */
export async function generate(): Promise<void> {
  await writePages(directory);
  await writePackagePages(new URL("packages/", directory));
}

if (import.meta.main) await generate();
