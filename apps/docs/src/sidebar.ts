import { STATUS_CODES } from "node:http";
import type { Contract } from "@partner-qualifications/spec/model";
import type { DefaultTheme } from "vitepress";
import { shortMeaning } from "./generate/error-pages.ts";

type Item = DefaultTheme.SidebarItem;

const guides: Item = {
  text: "Guides",
  items: [
    { text: "The asynchronous flow", link: "/guides/asynchronous-flow" },
    { text: "Government Community Cloud", link: "/guides/government-community-cloud" },
    { text: "State-owned entities", link: "/guides/state-owned-entities" },
    { text: "Authentication", link: "/guides/authentication" },
    { text: "Retries and idempotency", link: "/guides/retries-and-idempotency" },
    { text: "Prove who requested it", link: "/guides/prove-who-requested" },
    { text: "Throttling", link: "/guides/throttling" },
    { text: "Qualify a whole portfolio", link: "/guides/portfolio" },
    { text: "Testing with the mock", link: "/guides/testing-with-the-mock" },
    { text: "Moving from the .NET SDK", link: "/guides/moving-from-the-dotnet-sdk" },
    {
      text: "Moving from the synchronous API",
      link: "/guides/moving-from-the-synchronous-api",
    },
    { text: "Compared with other clients", link: "/guides/compared-with-other-clients" },
  ],
};

const background: Item = {
  text: "Behind the contract",
  items: [
    { text: "Assumptions", link: "/assumptions" },
    { text: "Contradictions", link: "/contradictions" },
    { text: "Sources", link: "/sources" },
    { text: "Versions", link: "/openapi/" },
    { text: "Changelog", link: "/changelog" },
    { text: "Download", link: "/download" },
  ],
};

/** What stands beside each page; operations and error codes come from the contract. */
export function sidebar({ tags, operations, errors }: Contract): DefaultTheme.Sidebar {
  const reference = tags.map(({ name }): Item => {
    const own = operations.filter(({ tag }) => tag === name);
    const items = own.map(({ summary, id }) => ({
      text: summary,
      link: `/reference/${id}`,
    }));
    return { text: name, items };
  });
  const byStatus = Map.groupBy(
    errors.toSorted((one, other) => (one.status ?? 999) - (other.status ?? 999)),
    ({ status }) => status,
  );
  const codes = [...byStatus].map(([status, own]): Item => ({
    text: status ? `${status} ${STATUS_CODES[status] ?? ""}` : "Status unknown",
    items: own.map((error) => ({
      text: `${error.code} ${shortMeaning(error)}`,
      link: `/errors/${error.code}`,
    })),
  }));
  return {
    "/": [
      {
        text: "Start",
        items: [
          { text: "Five minutes", link: "/start" },
          { text: "Concepts", link: "/concepts" },
        ],
      },
      guides,
      { text: "Test customers and tokens", link: "/test-data" },
      { text: "Error codes", link: "/errors/" },
      { text: "Packages", link: "/packages/" },
      background,
    ],
    "/reference/": [
      { text: "All operations", link: "/reference/" },
      ...reference,
      { text: "Error codes", link: "/errors/" },
      background,
    ],
    "/errors/": [{ text: "Error codes", link: "/errors/" }, ...codes],
    "/packages/": [{ text: "Packages", link: "/packages/" }, ...packages()],
  };
}

function types(names: string[], folder: string): Item[] {
  return names.map((name) => ({ text: name, link: `${folder}/${name}` }));
}

/** Each entry of a package, with what its page says that most programs use. */
function packages(): Item[] {
  const client = "/packages/client/";
  return [
    {
      text: "client",
      items: [
        { text: "README and exports", link: "/packages/client" },
        ...types(
          ["QualificationsClient", "Qualifications", "Vetting", "QualificationsClientOptions"],
          `${client}interfaces`,
        ),
        { text: "PartnerCenterError", link: `${client}interfaces/PartnerCenterErrorBase` },
        { text: "client/http", link: "/packages/client/http" },
        { text: "client/node", link: "/packages/client/node" },
        { text: "client/testing", link: "/packages/client/testing" },
      ],
    },
    { text: "credentials", items: [{ text: "README and exports", link: "/packages/credentials" }] },
    {
      text: "mock",
      items: [
        { text: "README and exports", link: "/packages/mock" },
        ...types(["MockOptions", "Mock"], "/packages/mock/interfaces"),
      ],
    },
  ];
}
