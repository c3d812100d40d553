import {
  createQualificationsClient,
  type CustomerQualification,
  type QualificationsClient,
  type ValidationCode,
} from "@partner-qualifications/client";
import { FakeClock } from "./fake-clock.ts";

/** What happens to a customer's requests. */
export type Scenario =
  | { outcome: "Approved" }
  | { outcome: "Denied"; reason?: string | undefined }
  /** Its vettings stay in review. */
  | { outcome: "InReview" }
  /** The service rejects every call about the customer. */
  | {
      refusal: {
        status: number;
        code?: string | undefined;
        description?: string | undefined;
        retryAfterSeconds?: number | undefined;
      };
    };

export interface FakeClientOptions {
  /** Scenarios by customer id. Any other customer is approved. */
  customers?: Record<string, Scenario> | undefined;
  validationCodes?: ValidationCode[] | undefined;
  /**
   * The duration of a vetting, in milliseconds.
   *
   * @default three days
   */
  reviewTimeMs?: number | undefined;
  clock?: FakeClock | undefined;
}

/** A request that the code under test sent. */
export interface FakeRequest {
  method: string;
  path: string;
  requestId: string;
  body: unknown;
}

export interface FakeClient {
  client: QualificationsClient;
  clock: FakeClock;
  requests: FakeRequest[];
}

/**
 * Creates the real client on a fake Partner Center and a clock that does not wait, for unit tests of code that
 * uses qualifications and validation codes.
 *
 * @throws {TypeError} When the environment lacks `Response` or `Headers`, as jsdom does.
 * @example
 * const { client, requests } = createFakeClient({
 *   customers: { [customerId]: { outcome: "Denied", reason: "Not an eligible Library" } },
 * });
 * await yourCode(client);
 */
export function createFakeClient({
  customers = {},
  validationCodes = [],
  reviewTimeMs = 3 * 24 * 3_600_000,
  clock = new FakeClock(),
}: FakeClientOptions = {}): FakeClient {
  const missing = (["Response", "Headers"] as const).find((name) => !globalThis[name]);
  if (missing) {
    throw new TypeError(
      `The fake client needs ${missing}, which jsdom lacks. Run these tests in Node's environment.`,
    );
  }
  const requests: FakeRequest[] = [];
  const held = new Map<string, CustomerQualification[]>();
  // GUIDs are case-insensitive.
  const scenarios = Object.fromEntries(
    Object.entries(customers).map(([id, scenario]) => [id.toLowerCase(), scenario]),
  );

  function show(customerId: string, item: CustomerQualification): CustomerQualification {
    const scenario = scenarios[customerId] ?? { outcome: "Approved" };
    const created = Date.parse(item.vettingCreateDate ?? "");
    const decided = "outcome" in scenario && clock.now() >= created + reviewTimeMs;
    if (!decided) return item;
    const reason = scenario.outcome === "Denied" ? scenario.reason : undefined;
    return {
      ...item,
      vettingStatus: scenario.outcome,
      ...(reason !== undefined && { vettingReason: reason }),
    };
  }

  function answer({ method, path, body }: FakeRequest): Response {
    if (path === "/v1/customers/all/validations") return Response.json(validationCodes);
    const [, customerId = ""] =
      /^\/v1\/customers\/([^/]+)\/qualifications$/.exec(path.toLowerCase()) ?? [];
    if (customerId === "")
      return Response.json({ statusCode: 404, message: "Resource not found" }, { status: 404 });
    const scenario = scenarios[customerId];
    if (scenario && "refusal" in scenario) {
      const {
        status,
        code,
        description = "Rejected by the scenario",
        retryAfterSeconds,
      } = scenario.refusal;
      const headers =
        retryAfterSeconds === undefined ? {} : { "Retry-After": String(retryAfterSeconds) };
      return Response.json({ code, description }, { status, headers });
    }
    const items = held.get(customerId) ?? [];
    if (method === "GET") return Response.json(items.map((item) => show(customerId, item)));
    const { qualification } = body as { qualification: string };
    const item: CustomerQualification =
      qualification === "StateOwnedEntity"
        ? { qualification }
        : {
            qualification,
            vettingStatus: "InReview",
            vettingCreateDate: new Date(clock.now()).toISOString(),
          };
    held.set(customerId, [...items.filter((old) => old.qualification !== qualification), item]);
    return Response.json(item, { status: 201 });
  }

  const client = createQualificationsClient({
    credential: "none",
    baseUrl: "https://partner-center.invalid",
    runtime: clock,
    fetch: async (url, { method = "GET", headers, body }) => {
      const request: FakeRequest = {
        method,
        path: new URL(url).pathname,
        requestId: new Headers(headers).get("MS-RequestId") ?? "",
        body: typeof body === "string" ? JSON.parse(body) : undefined,
      };
      requests.push(request);
      return answer(request);
    },
  });
  return { client, clock, requests };
}
