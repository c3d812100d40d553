import { isAcceptable } from "../http/content-negotiation.ts";
import { type Answer, gatewayAnswer } from "../simulator/answer.ts";
import { documentedFailure } from "./documented.ts";
import { hintForBody, hintForType } from "./hints/body.ts";
import { misnamedParameter } from "./hints/query.ts";
import { play } from "./dispatch.ts";
import type { Prism, PrismRequest } from "../prism/prism.ts";
import { describedBody } from "../http/read-body.ts";
import type { Operation } from "../prism/prism-operations.ts";
import type { Message } from "../http/request.ts";
import { refuseBody } from "../http/refuse-body.ts";
import { refuseViolations, withHint } from "./refuse-violations.ts";
import { refusal } from "../simulator/outcome.ts";
import { refuseToken, unauthorized } from "./token.ts";
import type { World } from "../world/world.ts";

/** An answer, and what it was about. */
export interface Answered {
  answer: Answer;
  operationId?: string | undefined;
  customerId?: string | undefined;
  /** A POST or PUT was carried out just now. */
  wasWritten?: boolean;
}

/**
 * Performs an operation, unless something stands in the way: a fault, the token, the rate, the
 * contract, or an answer that was given before. In this order, which is that of a gateway with
 * services behind it.
 *
 * @param segments The parts of the path, decoded.
 */
export function perform(
  prism: Prism,
  world: World,
  operation: Operation,
  segments: string[],
  { method, url, headers, body: sent }: Message,
): Answered {
  const body = describedBody(operation, sent);
  const operationId = operation.iid ?? "";
  const path = pathParameters(operation, segments);
  const customerId = path.customer_id?.toLowerCase();
  const about = { operationId, customerId };
  const answeredWith = (answer: Answer): Answered => ({ ...about, answer });

  const failure = world.faults.takeFailure(operation, customerId);
  if (failure !== undefined) return answeredWith(documentedFailure(operation, failure));

  // The name of a scheme has no case, which Prism does not know.
  const authorization = headers.authorization?.replace(/^bearer /i, "Bearer ") ?? "";
  if (prism.checkSecurity(operation, { authorization }).length > 0) {
    const description = "The partner token is missing in the request context.";
    return answeredWith(unauthorized("800001", description));
  }
  const now = world.clock.milliseconds;
  const refused = refuseToken(operation, authorization.slice(7), now);
  if (refused) return answeredWith(refused);

  const { throttle: own } = world.behaviourOf(customerId ?? "");
  const seconds = world.throttle.secondsToWait(now, customerId, own);
  if (seconds > 0) {
    const text = `Rate limit is exceeded. Try again in ${seconds} seconds.`;
    return answeredWith(gatewayAnswer(429, text, { "retry-after": String(seconds) }));
  }

  if (!isAcceptable(headers.accept, "application/json")) {
    return answeredWith(refusal(406, "800042", "Not supported: the answer is application/json"));
  }
  const seen = { path, query: queryOf(url), headers, body: body.value };
  const hint = () =>
    hintForBody(operationId, body.text, body.value, url.searchParams.has("code"), (meant) => {
      return prism.checkRequest(operation, { ...seen, body: meant }).length === 0;
    });
  const unreadable = refuseBody(operation, headers, body);
  if (unreadable) {
    const { status, reason } = unreadable;
    const description = `Invalid request input: the body ${reason}`;
    const aboutText = body.malformed === undefined ? undefined : hint();
    const near = hintForType(headers["content-type"]) ?? aboutText;
    return answeredWith(refusal(status, "800002", withHint(description, near)));
  }
  const misnamed = misnamedParameter(operation, url.searchParams);
  if (misnamed) {
    const { name, hint: meant } = misnamed;
    const description = `Invalid request input: there is no query parameter ${name}. ${meant}`;
    return answeredWith(refusal(400, "800002", description, [`query.${name}`]));
  }
  const [violation, ...more] = prism.checkRequest(operation, seen);
  if (violation) return answeredWith(refuseViolations([violation, ...more], seen, hint));

  const isWrite = method === "POST" || method === "PUT";
  const requestId = headers["ms-requestid"];
  const keyed =
    isWrite && requestId !== undefined && customerId !== undefined
      ? { customerId, requestId, method, path: operation.path, query: url.search, body: body.text }
      : undefined;
  const before = keyed && world.remembered.recall(keyed, now);
  if (before) return answeredWith(before);
  const answer = play(world, {
    ...about,
    isWrite,
    query: url.searchParams,
    continuationToken: headers["ms-continuationtoken"],
    body: body.value,
  });
  if (keyed) world.remembered.remember(keyed, answer, now);
  return { ...about, answer, wasWritten: isWrite && answer.status < 300 };
}

function pathParameters({ path }: Operation, segments: string[]): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [index, part] of path.split("/").entries()) {
    if (part.startsWith("{")) parameters[part.slice(1, -1)] = segments[index] ?? "";
  }
  return parameters;
}

/** The parameters of a query; one that is repeated has a list. */
export function queryOf(url: URL): PrismRequest["query"] {
  // Without a prototype, so that `__proto__` is a name as any other.
  const query = Object.create(null) as PrismRequest["query"];
  for (const name of new Set(url.searchParams.keys())) {
    const values = url.searchParams.getAll(name);
    query[name] = values.length === 1 ? (values[0] as string) : values;
  }
  return query;
}
