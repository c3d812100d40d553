import { isAcceptable, refuseBody } from "../http/content-negotiation.ts";
import { type Outcome, refuse, refuseAtGateway } from "../simulator/outcome.ts";
import { documentedFailure } from "./documented-outcomes.ts";
import { hintForBody, hintForType } from "./hints/body.ts";
import { misnamedParameter } from "./hints/query.ts";
import { refuseViolations, withHint } from "./refuse-violations.ts";
import type { RoutedRequest } from "./routed-request.ts";
import { refuseToken } from "./token.ts";

/** Returns a refusal, or undefined if the next check decides. */
type Check = (request: RoutedRequest) => Outcome | undefined;

/** The checks in the order of a gateway with services behind it. The first refusal wins. */
const checksInOrder: Check[] = [
  checkFaults,
  refuseToken,
  checkRate,
  checkAccept,
  checkBody,
  checkParameterNames,
  checkContract,
];

/** Refuses a request because of an injected failure, its token, the rate or the contract. */
export const check: Check = (request) => {
  for (const one of checksInOrder) {
    const refused = one(request);
    if (refused) return refused;
  }
  return undefined;
};

function checkFaults({ world, operation, customerId }: RoutedRequest): Outcome | undefined {
  const failure = world.faults.takeFailure(operation, customerId);
  return failure === undefined ? undefined : documentedFailure(operation, failure);
}

function checkRate({ world, now, customerId }: RoutedRequest): Outcome | undefined {
  const { throttle: own } = world.behaviorOf(customerId ?? "");
  const seconds = world.throttle.secondsToWait(now, customerId, own);
  if (seconds === 0) return undefined;
  const text = `Rate limit is exceeded. Try again in ${seconds} seconds.`;
  return refuseAtGateway(429, text, { "retry-after": String(seconds) });
}

function checkAccept({ message }: RoutedRequest): Outcome | undefined {
  if (isAcceptable(message.headers.accept, "application/json")) return undefined;
  return refuse(406, "800042", "Not supported: the only response format is application/json");
}

function checkBody(request: RoutedRequest): Outcome | undefined {
  const { operation, message, body } = request;
  const { headers } = message;
  const mediaTypes = Object.keys(operation.body?.content ?? {});
  const unreadable = refuseBody(mediaTypes, headers, body);
  if (!unreadable) return undefined;
  const { status, reason } = unreadable;
  const aboutText = body.malformed === undefined ? undefined : bodyHint(request);
  const hint = hintForType(headers["content-type"]) ?? aboutText;
  const description = `Invalid request input: the body ${reason}`;
  return refuse(status, "800002", withHint(description, hint));
}

function checkParameterNames({ operation, message }: RoutedRequest): Outcome | undefined {
  const { searchParams } = message.url;
  if (searchParams.size === 0) return undefined;
  const documented = operation.parameters.filter((parameter) => parameter.in === "query");
  const names = documented.map(({ name }) => name);
  const misnamed = misnamedParameter(names, searchParams);
  if (!misnamed) return undefined;
  const { name, hint } = misnamed;
  const description = `Invalid request input: unknown query parameter ${name}. ${hint}`;
  return refuse(400, "800002", description, [`query.${name}`]);
}

function checkContract(request: RoutedRequest): Outcome | undefined {
  const { prism, operation, input } = request;
  const [violation, ...more] = prism.checkRequest(operation, input);
  if (!violation) return undefined;
  return refuseViolations([violation, ...more], input, () => bodyHint(request));
}

/** Describes the intended body of a rejected one. */
function bodyHint({ prism, operation, operationId, message, body, input }: RoutedRequest) {
  const hasCode = message.url.searchParams.has("code");
  return hintForBody(operationId, body.text, body.value, hasCode, (meant) => {
    return prism.checkRequest(operation, { ...input, body: meant }).length === 0;
  });
}
