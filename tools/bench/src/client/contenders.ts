import { createQualificationsClient } from "@partner-qualifications/client";
import type { paths } from "@partner-qualifications/client/http";
import createClient, { type Client } from "openapi-fetch";
import { importPeerClients } from "../peers.ts";
import { authorization, type Call, type Contender, token } from "./contender.ts";
import { customerId, type Method, path, requested } from "./sample.ts";

const { kyClient, openai } = await importPeerClients();

const bare: Contender = ({ baseUrl, fetch = globalThis.fetch as never }) => {
  const url = baseUrl + path;
  const send = fetch as typeof globalThis.fetch;
  return {
    GET: async () => (await send(url, { headers: authorization })).json(),
    POST: async () =>
      (
        await send(url, {
          method: "POST",
          headers: { ...authorization, "Content-Type": "application/json" },
          body: JSON.stringify(requested),
        })
      ).json(),
  };
};

const template = "/v1/customers/{customer_id}/qualifications";
const params = { path: { customer_id: customerId } };
const calls = (http: Client<paths>): Record<Method, Call> => ({
  GET: async () => (await http.GET(template, { params })).data,
  POST: async () => (await http.POST(template, { params, body: requested })).data,
});

const openapiFetch: Contender = (given) =>
  calls(createClient<paths>({ ...given, headers: authorization }));

/** The minimum that a careful user adds: identifiers, a token, errors. */
const withMiddlewares: Contender = (given) => {
  const http = createClient<paths>(given);
  http.use(
    {
      onRequest({ request }) {
        request.headers.set("MS-RequestId", crypto.randomUUID());
        request.headers.set("MS-CorrelationId", crypto.randomUUID());
      },
    },
    {
      async onRequest({ request }) {
        request.headers.set("Authorization", `Bearer ${await Promise.resolve(token)}`);
      },
    },
    {
      onResponse({ response }) {
        if (!response.ok) throw new Error(String(response.status));
      },
    },
  );
  return calls(http);
};

/** A credential like those of `@azure/identity`: the client caches its token. */
const credential = {
  getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }),
};

/** Our client with all features on. */
export const ours: Contender = (given) => {
  const client = createQualificationsClient({
    ...given,
    credential,
    applicationName: "benchmarks",
  });
  return {
    GET: () => client.qualifications.list(customerId),
    POST: () => client.qualifications.request(customerId, requested),
  };
};

/** In the order of the table's columns. */
export const contenders = {
  "bare fetch": bare,
  "openapi-fetch": openapiFetch,
  "… + 3 middlewares": withMiddlewares,
  ky: kyClient,
  openai,
  ours,
} satisfies Record<string, Contender>;
