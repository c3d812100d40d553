import {
  bodies,
  body,
  customerOf,
  filterOf,
  items,
  moved,
  request,
  stranger,
  watching,
  withQuery,
  type Plant,
} from "./plant.ts";

export const customers: readonly Plant[] = [
  body("getCustomer", "another customer's id", (one) => ({ ...one, id: stranger })),
  request("getCustomer", "another customer altogether", (asked) => ({
    url: asked.url.replace(customerOf(asked), stranger),
  })),
  body("getCustomer", "another tenant's id in the profile", (one) => ({
    ...one,
    companyProfile: { ...one.companyProfile, tenantId: stranger },
  })),
  body("getCustomer", "another name than in the list", (one) => ({
    ...one,
    companyProfile: { ...one.companyProfile, companyName: "Northwind" },
  })),
  body("getCustomer", "another domain than in the list", (one) => ({
    ...one,
    companyProfile: { ...one.companyProfile, domain: "northwind.onmicrosoft.com" },
  })),
  body("getCustomer", "another relationship than in the list", (one) => ({
    ...one,
    relationshipToPartner: "advisor",
  })),
  bodies("getCustomer", "a name that changes with each read", () => {
    let count = 0;
    return (one) => ({
      ...one,
      companyProfile: { ...one.companyProfile, companyName: `Contoso ${count++}` },
    });
  }),
  request("getCustomer", "a listed customer that cannot be read", (asked) =>
    customerOf(asked).startsWith("3333")
      ? { url: asked.url.replace(customerOf(asked), "00000000-0000-4000-8000-000000000404") }
      : undefined,
  ),
  watching("getCustomer", "one MS-RequestId for all calls without one", () => (answer, asked) => {
    if (asked.headers["ms-requestid"] !== undefined) return undefined;
    return { headers: { ...answer.headers, "ms-requestid": stranger } };
  }),
  body("listCustomers", "a totalCount that is one too many", (page) => ({
    ...page,
    totalCount: page.totalCount + 1,
  })),
  body("listCustomers", "a totalCount of all pages", (page) => ({ ...page, totalCount: 3 })),
  request("listCustomers", "size is ignored", (asked) =>
    withQuery(asked, (query) => query.delete("size")),
  ),
  request("listCustomers", "a page has one more than size", (asked) =>
    withQuery(asked, (query) => {
      const size = Number(query.get("size") ?? 0);
      if (size > 0 && size < 500) query.set("size", String(size + 1));
    }),
  ),
  body("listCustomers", "no page has a next one", (page) => {
    const { next: _, ...links } = page.links;
    return { ...page, links };
  }),
  request("listCustomers", "the continuation token is ignored", ({ headers }) => {
    const { "ms-continuationtoken": _, ...rest } = headers;
    return { headers: rest };
  }),
  request("listCustomers", "the next page begins one too late", moved(1)),
  request("listCustomers", "the next page begins one too early", moved(-1)),
  request("listCustomers", "the filter is ignored", (asked) =>
    withQuery(asked, (query) => query.delete("filter")),
  ),
  request("listCustomers", "the filter compares the first letter only", (asked) =>
    withQuery(asked, (query) => {
      const filter = filterOf(asked);
      if (typeof filter?.Value !== "string") return;
      query.set("filter", JSON.stringify({ ...filter, Value: filter.Value.slice(0, 1) }));
    }),
  ),
  body("listCustomers", "the filter minds capitals", (page, asked) => {
    const start = filterOf(asked)?.Value;
    if (typeof start !== "string") return page;
    return items(page, (all) =>
      all.filter(({ companyProfile }) => companyProfile.companyName.startsWith(start)),
    );
  }),
  body("listCustomers", "the filter loses its last match", (page, asked) =>
    filterOf(asked) === null ? page : items(page, (all) => all.slice(0, -1)),
  ),
  body("listCustomers", "a customer is on a page twice", (page) =>
    items(page, (all) => [...all, ...all.slice(0, 1)]),
  ),
  body("listCustomers", "an item has another tenant's id", (page) =>
    items(page, (all) =>
      all.map((one) => ({ ...one, companyProfile: { ...one.companyProfile, tenantId: stranger } })),
    ),
  ),
  body("listCustomers", "the names of two customers are swapped", (page) =>
    items(page, (all) =>
      all.map((one, index) => {
        const { companyName } = all[(index + 1) % all.length].companyProfile;
        return { ...one, companyProfile: { ...one.companyProfile, companyName } };
      }),
    ),
  ),
  body("listCustomers", "the link of this page has no filter", (page) => ({
    ...page,
    links: {
      ...page.links,
      ...(page.links.self && { self: { ...page.links.self, uri: "/v1/customers" } }),
    },
  })),
  body("listCustomers", "the link of the next page has another size", (page) =>
    page.links.next
      ? {
          ...page,
          links: { ...page.links, next: { ...page.links.next, uri: "/v1/customers?size=40" } },
        }
      : page,
  ),
  body("listCustomers", "a size of 0 is a page of none", (page, { url }) =>
    /[?&]size=0\b/.test(url) ? items({ ...page, links: {} }, () => []) : page,
  ),
  body("listCustomers", "items are of another type", (page) =>
    items(page, (all) => all.map((one) => ({ ...one, attributes: { objectType: "Partner" } }))),
  ),
  bodies("listCustomers", "every second read lacks a customer", () => {
    let count = 0;
    return (page) => (count++ % 2 === 0 ? page : items(page, (all) => all.slice(1)));
  }),
];

export const status: readonly Plant[] = [
  body("getValidationStatus", "always under review", (one) => ({ ...one, status: "UnderReview" })),
  body("getValidationStatus", "never allowed", (one) => ({ ...one, status: "NotAllowed" })),
  body("getValidationStatus", "of something else", (one) => ({ ...one, type: "subscription" })),
  bodies("getValidationStatus", "another status with each read", () => {
    let count = 0;
    return (one) => ({ ...one, status: count++ % 2 === 0 ? "Allowed" : "Unknown" });
  }),
];
