import { randomUUID } from "node:crypto";
import type { Clock } from "./clock.ts";
import { fault, type Fault, isFault } from "./fault.ts";
import type { Operation, Prism, PrismRequest } from "./prism.ts";
import { refuse } from "./refuse.ts";
import { partnerId, type QualificationRequest, type Simulator } from "./simulator.ts";

interface Answer {
  status: number;
  body: unknown;
  /** Beside those that every answer has. */
  headers?: Record<string, string>;
}

export interface HandlerOptions {
  prism: Prism;
  simulator: Simulator;
  clock: Clock;
  /** Takes the status that the next request of the contract is to fail with, if there is one. */
  takeFailure: () => number | undefined;
}

/** The whole mock as one function. */
export function createHandler({ prism, simulator, clock, takeFailure }: HandlerOptions) {
  return async (request: Request): Promise<Response> => {
    const common = {
      "ms-requestid": echoed(request, "MS-RequestId"),
      "ms-correlationid": echoed(request, "MS-CorrelationId"),
      "content-type": "application/json; charset=utf-8",
      date: clock.now().toUTCString(),
    };
    const { status, headers, body } = await answerTo(request, common).catch(
      (error: Error): Answer => fault(500, "800003", `The mock failed: ${error.message}`),
    );
    return new Response(JSON.stringify(body), { status, headers: { ...common, ...headers } });
  };

  async function answerTo(request: Request, common: Record<string, string>): Promise<Answer> {
    const url = new URL(request.url);
    const route = prism.route(request.method, url.pathname);
    if (!route) return gateway(404, "Resource not found");
    if ("allow" in route) {
      return gateway(405, "Method not allowed", { allow: route.allow.join(", ") });
    }
    const { operation } = route;
    const answer = await perform(operation, request, url);
    const headers = { ...common, ...answer.headers };
    const broken = prism.checkResponse(operation, { ...answer, headers });
    if (broken.length === 0) return answer;
    // A defect of the mock itself: it must be seen, not passed on.
    return fault(
      500,
      "800003",
      `The mock broke the contract of ${operation.iid} with status ${answer.status}`,
      broken.map(({ path, message }) => `${path.join(".")}: ${message}`),
    );
  }

  async function perform(operation: Operation, request: Request, url: URL): Promise<Answer> {
    const failure = takeFailure();
    if (failure !== undefined) return documentedFailure(operation, failure);

    const text = await request.text();
    const seen: PrismRequest = {
      method: request.method,
      path: url.pathname,
      query: queryOf(url),
      headers: {
        ...Object.fromEntries(request.headers),
        "content-length": String(Buffer.byteLength(text)),
      },
      body: undefined,
    };
    if (prism.checkSecurity(operation, seen).length > 0) {
      return {
        ...fault(401, "800001", "The partner token is missing in the request context."),
        headers: { "www-authenticate": `OAuth realm=urn:cpsvc:cpid:${partnerId}` },
      };
    }

    const body = parse(text, request.headers.get("content-type"));
    if ("malformed" in body) {
      return fault(
        400,
        "800002",
        `Invalid request input: the body is not JSON (${body.malformed})`,
      );
    }
    const [violation, ...more] = prism.checkRequest(operation, { ...seen, body: body.value });
    if (violation) return refuse([violation, ...more]);

    return simulate(operation, url, body.value);
  }

  function simulate(operation: Operation, url: URL, body: unknown): Answer {
    const customerId = (url.pathname.split("/")[3] ?? "").toLowerCase();
    switch (operation.iid) {
      case "listQualifications":
        return outcome(200, simulator.listQualifications(customerId));
      case "requestQualification": {
        // Prism takes an empty parameter for an absent one.
        const code = url.searchParams.get("code") || undefined;
        const request = body as QualificationRequest;
        return outcome(201, simulator.requestQualification(customerId, request, code));
      }
      case "listValidationCodes":
        return outcome(200, simulator.listValidationCodes());
      default:
        throw new Error(
          `The contract has an operation that the simulator does not play: ${operation.iid}`,
        );
    }
  }
}

/** The identifier that came, or a new one where none came or it is not one. */
function echoed(request: Request, name: string): string {
  const value = request.headers.get(name) ?? "";
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value) ? value : randomUUID();
}

function queryOf(url: URL): PrismRequest["query"] {
  const query: PrismRequest["query"] = {};
  for (const name of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(name);
    query[name] = values.length === 1 ? (values[0] as string) : values;
  }
  return query;
}

/** A body that is not declared as JSON stays as it is, for Prism to refuse its media type. */
function parse(text: string, type: string | null): { value: unknown } | { malformed: string } {
  if (text === "") return { value: undefined };
  if (type !== null && !/^application\/json\b/i.test(type)) return { value: text };
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { malformed: (error as Error).message };
  }
}

function outcome(status: number, result: object | Fault): Answer {
  return isFault(result) ? result : { status, body: result };
}

/** The gateway in front of Partner Center has an error shape of its own (A4). */
function gateway(status: number, message: string, headers?: Record<string, string>): Answer {
  return { status, body: { statusCode: status, message }, ...(headers && { headers }) };
}

/** A failure as the contract's own examples show it. */
function documentedFailure(operation: Operation, status: number): Answer {
  const response = operation.responses.find(({ code }) => code === String(status));
  const body = exampleOf(response?.contents?.[0]);
  if (body === undefined) {
    throw new Error(`${operation.iid} documents no answer ${status} to fail with`);
  }
  const headers: Record<string, string> = {};
  for (const header of response?.headers ?? []) {
    const name = header.name.toLowerCase();
    if (!name.startsWith("ms-")) headers[name] = String(exampleOf(header));
  }
  return { status, body, headers };
}

function exampleOf(documented: { examples?: object[] } | undefined): unknown {
  const [first] = documented?.examples ?? [];
  return first && "value" in first ? first.value : undefined;
}
