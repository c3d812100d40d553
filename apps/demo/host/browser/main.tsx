import "../../theme/index.css";
import type { CustomerQualification } from "@partner-qualifications/client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { aboutServer, customerOf, qualificationsOf } from "../../src/browser/api.ts";
import { readCustomerId } from "../../src/browser/routes.tsx";
import { App } from "./App.tsx";
import { keepFocus } from "./keep-focus.ts";
import { reviews, startLive } from "../../src/browser/live.ts";
import { showroom } from "./showroom.ts";

const queries = new QueryClient({
  defaultOptions: { queries: { retry: false, staleTime: 30_000, refetchOnWindowFocus: false } },
});

const longestWaitMs = 5000;

// What the server has polled is in the cache at once: no page reads it again.
reviews.onNews(({ isWhole, items }, isFirst) => {
  if (isWhole && !isFirst) void queries.invalidateQueries({ refetchType: "active" });
  for (const { customerId, item } of isWhole ? [] : items) {
    if (!item) continue;
    const { queryKey } = qualificationsOf(customerId);
    queries.setQueryData<CustomerQualification[]>(queryKey, (list) =>
      list?.filter((one) => one.qualification !== item.qualification).concat(item),
    );
  }
});
startLive();
keepFocus();

/** Reads what the first page shows, so that nothing moves when it arrives. */
async function prefetch(): Promise<void> {
  const customerId = readCustomerId(location.pathname.split("/")[2] ?? "");
  await Promise.all([
    queries.fetchQuery(aboutServer).then(
      ({ isMock }) => isMock && showroom?.prefetch(queries),
      () => {},
    ),
    new Promise((done) => reviews.onNews(done)),
    customerId && queries.prefetchQuery(qualificationsOf(customerId)),
    customerId && queries.prefetchQuery(customerOf(customerId)),
  ]);
}

await Promise.race([prefetch(), new Promise((done) => setTimeout(done, longestWaitMs))]);

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
