import { withBase } from "vitepress";
import { samePage } from "./suggest.ts";

/** Leads from addresses that once were, or are spelled otherwise, to the page that they mean. */
export async function leadOn(): Promise<void> {
  const { pathname, hash } = location;
  // Redoc once stood at the site's root, with its operations behind a hash.
  const [, operationId] = /^#(?:tag\/[^/]+\/)?operation\/(\w+)$/.exec(hash) ?? [];
  if (operationId && pathname === withBase("/")) return leave(`reference/${operationId}`);
  // Only the document for unknown addresses has it.
  if (!document.querySelector(".without-script")) return;
  const { data: pages } = await import("./pages.data.ts");
  const page = samePage(pathname.slice(withBase("/").length), pages);
  if (page !== undefined) await leave(page);
}

/** Does not come back: VitePress would show the page on a document that is not made for it. */
function leave(page: string): Promise<void> {
  location.replace(withBase(`/${page}`));
  return new Promise(() => {});
}
