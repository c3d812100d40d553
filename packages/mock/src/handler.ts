import { randomUUID } from "node:crypto";
import type { Answer } from "./answer.ts";
import type { Clock } from "./clock.ts";
import { documentedFailure } from "./documented-failure.ts";
import { fault } from "./fault.ts";
import { type Place, play } from "./play.ts";
import type { Operation, Prism, PrismRequest } from "./prism.ts";
import { acceptsBody, parseJson } from "./read-body.ts";
import { refuse } from "./refuse.ts";
import { partnerId, type Simulator } from "./simulator.ts";

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
    const segments = decodePath(url.pathname);
    if (!segments)
      return fault(400, "800002", "Invalid request input: the path is not encoded well");
    const route = prism.route(request.method, url.pathname);
    if (!route) return gateway(404, "Resource not found");
    if ("allow" in route) {
      return gateway(405, "Method not allowed", { allow: route.allow.join(", ") });
    }
    const { operation } = route;
    const answer = await perform(operation, request, { url, segments });
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

  async function perform(operation: Operation, request: Request, at: Place): Promise<Answer> {
    const failure = takeFailure();
    if (failure !== undefined) return documentedFailure(operation, failure);

    const bytes = await request.arrayBuffer();
    const headers = Object.fromEntries(request.headers);
    const seen: PrismRequest = {
      method: request.method,
      path: at.url.pathname,
      query: queryOf(at.url),
      headers: {
        ...headers,
        "content-length": String(bytes.byteLength),
        // The name of a scheme has no case, which Prism does not know.
        authorization: headers.authorization?.replace(/^bearer /i, "Bearer ") ?? "",
      },
      body: undefined,
    };
    if (prism.checkSecurity(operation, seen).length > 0) {
      return {
        ...fault(401, "800001", "The partner token is missing in the request context."),
        headers: { "www-authenticate": `OAuth realm=urn:cpsvc:cpid:${partnerId}` },
      };
    }
    if (bytes.byteLength > 0 && !acceptsBody(operation, headers["content-type"])) {
      return fault(415, "800002", "Invalid request input: the body must be application/json");
    }
    const body = parseJson(bytes);
    if ("malformed" in body) {
      return fault(
        400,
        "800002",
        `Invalid request input: the body is not JSON (${body.malformed})`,
      );
    }
    const [violation, ...more] = prism.checkRequest(operation, { ...seen, body: body.value });
    if (violation) return refuse([violation, ...more], body.value);

    return play(simulator, operation.iid, at, request.headers, body.value);
  }
}

function decodePath(path: string): string[] | undefined {
  try {
    return path.split("/").map(decodeURIComponent);
  } catch {
    return undefined;
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

/** The gateway in front of Partner Center has an error shape of its own (A4). */
function gateway(status: number, message: string, headers?: Record<string, string>): Answer {
  return { status, body: { statusCode: status, message }, ...(headers && { headers }) };
}
