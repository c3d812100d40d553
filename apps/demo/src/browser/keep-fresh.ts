import type { CustomerQualification } from "@partner-qualifications/client";
import type { QueryClient } from "@tanstack/react-query";
import { qualificationsQuery } from "./api.ts";
import { live } from "./live.ts";

/**
 * Puts what the server has seen into the cache of the queries, so that nobody asks Partner Center for
 * what the server's own poll has just answered.
 */
export function keepFresh(queries: QueryClient): void {
  live.onMessage(({ isWhole, vettings }, isFirst) => {
    if (isFirst) return;
    // What was missed while the server was away is not known.
    if (isWhole) return void queries.invalidateQueries({ refetchType: "active" });
    for (const { customerId, item } of vettings) {
      if (!item) continue;
      queries.setQueryData<CustomerQualification[]>(
        qualificationsQuery(customerId).queryKey,
        (list) => list && withItem(list, item),
      );
    }
  });
}

function withItem(list: CustomerQualification[], item: CustomerQualification) {
  const at = list.findIndex(({ qualification }) => qualification === item.qualification);
  return at < 0 ? [...list, item] : list.with(at, item);
}
