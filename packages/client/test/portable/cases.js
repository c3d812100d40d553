// The cases for every runtime, in plain JavaScript: Node, Bun, Deno and Workers run them with the
// installed package. Each case receives the address of ./server.ts.

import {
  AbortedError,
  createQualificationsClient,
  InvalidRequestError,
  parseDate,
  PartnerCenterError,
  PermissionError,
  TimeoutError,
} from "@partner-qualifications/client";
import { createHttpClient } from "@partner-qualifications/client/http";
import { createFakeClient } from "@partner-qualifications/client/testing";

const customer = (name) => `00000000-0000-4000-8000-${name.padStart(12, "0")}`;
const clientOf = (baseUrl, options) =>
  createQualificationsClient({ baseUrl, credential: () => "canary-token", ...options });

function equal(actual, expected) {
  const [is, should] = [actual, expected].map((value) => JSON.stringify(value));
  if (is !== should) throw new Error(`${is} is not ${should}`);
}

async function failureOf(call) {
  const error = await call.then(
    () => undefined,
    (reason) => reason,
  );
  if (!(error instanceof PartnerCenterError)) throw new Error(`It ended with ${error}`);
  if (JSON.stringify(error).includes("canary")) throw new Error("The error shows the token");
  return error;
}

/** A credential with a first token that the server rejects. */
function forgetful() {
  const requested = [];
  return {
    requested,
    async getToken(_scope, { forceRefresh }) {
      requested.push(forceRefresh);
      return { token: forceRefresh ? "new" : "stale", expiresOnTimestamp: Date.now() + 3_600_000 };
    },
  };
}

export const cases = {
  async "a list is read"(baseUrl) {
    const [item] = await clientOf(baseUrl).qualifications.list(customer("1"));
    equal([item.qualification, item.vettingStatus], ["Education", "Approved"]);
  },
  async "a request is sent with its body, and followed to its end"(baseUrl) {
    const vetting = await clientOf(baseUrl).qualifications.request(customer("1"), {
      qualification: "Education",
      educationSegment: "K12",
      website: "example.edu",
    });
    equal(vetting.write, "created");
    const resumed = clientOf(baseUrl).qualifications.resume(String(vetting));
    equal((await resumed.pollUntilDone()).status, "Approved");
  },
  async "a 503 is sent again under the same identifier"(baseUrl) {
    const seen = [];
    const hooks = { attemptStart: ({ requestId }) => void seen.push(requestId) };
    await clientOf(baseUrl, { hooks }).qualifications.list(customer("503"));
    equal([seen.length, new Set(seen).size], [2, 1]);
  },
  async "after a 401 the token is renewed once for many callers"(baseUrl) {
    const credential = forgetful();
    const client = clientOf(baseUrl, { credential });
    const call = () => client.qualifications.list(customer("401"));
    await Promise.all(Array.from({ length: 20 }, call));
    equal(credential.requested, [false, true]);
  },
  async "a refusal is an error with its code"(baseUrl) {
    const error = await failureOf(clientOf(baseUrl).qualifications.list(customer("403")));
    equal([error instanceof PermissionError, error.code], [true, "20002"]);
  },
  async "a slow answer is a time-out"(baseUrl) {
    const client = clientOf(baseUrl, { timeoutMs: 100, retry: { maxAttempts: 1 } });
    const error = await failureOf(client.qualifications.list(customer("999")));
    equal(error instanceof TimeoutError, true);
  },
  async "a signal ends a call"(baseUrl) {
    const controller = new AbortController();
    const { signal } = controller;
    const call = clientOf(baseUrl).qualifications.list(customer("999"), { signal });
    setTimeout(() => controller.abort(), 50);
    equal((await failureOf(call)) instanceof AbortedError, true);
  },
  async "a redirection is not followed"(baseUrl) {
    equal((await failureOf(clientOf(baseUrl).qualifications.list(customer("302")))).attempts, 1);
  },
  async "pages are fetched as they are needed"(baseUrl) {
    const names = [];
    for await (const { companyProfile } of clientOf(baseUrl).customers.list()) {
      names.push(companyProfile.companyName);
    }
    equal(names, ["Contoso", "Fabrikam"]);
  },
  async "a byte order mark is no part of the answer"(baseUrl) {
    equal(await clientOf(baseUrl).qualifications.list(customer("feff")), []);
  },
  async "the openapi-fetch client answers with data and error"(baseUrl) {
    const http = createHttpClient(clientOf(baseUrl));
    const path = "/v1/customers/{customer_id}/qualifications";
    const submit = (name) => http.GET(path, { params: { path: { customer_id: customer(name) } } });
    equal((await submit("1")).data.length, 1);
    equal((await submit("403")).error.description, "No");
  },
  async "an argument that breaks a rule is told before anything is sent"(baseUrl) {
    const error = await failureOf(clientOf(baseUrl).qualifications.list("not a GUID"));
    equal([error instanceof InvalidRequestError, error.argument], [true, "customerId"]);
  },
  async "dates are read with seven digits"() {
    const date = parseDate("2021-05-06T19:59:56.6832021+00:00");
    equal(date.toISOString(), "2021-05-06T19:59:56.683Z");
  },
  async "the fake takes no time"() {
    const { client } = createFakeClient();
    const entity = { qualification: "Education", educationSegment: "K12" };
    const vetting = await client.qualifications.request(customer("1"), entity);
    equal((await vetting.pollUntilDone()).status, "Approved");
  },
};

/** Runs all cases. @returns One line per case. */
export async function runCases(baseUrl) {
  const lines = [];
  for (const [name, run] of Object.entries(cases)) {
    const failure = await run(baseUrl).then(
      () => undefined,
      (error) => error,
    );
    lines.push(failure ? `not ok - ${name}: ${failure.stack}` : `ok - ${name}`);
  }
  return lines;
}
