import { type Answer, gatewayAnswer } from "../simulator/answer.ts";
import { documentedRefusals } from "./documented-refusals.ts";
import { hintForPath } from "./hints/path.ts";
import { type Answered, perform } from "./check.ts";
import type { Prism } from "../prism/prism.ts";
import type { Message } from "../http/request.ts";
import { refusal } from "../simulator/outcome.ts";
import type { World } from "../world/world.ts";

/**
 * Answers a request of the contract, or one that nobody serves.
 *
 * @param common The headers that every answer has.
 */
export function answerRequest(
  prism: Prism,
  world: World,
  message: Message,
  common: Record<string, string>,
): Answered {
  const { method, url, malformed } = message;
  if (malformed !== undefined) {
    return { answer: refusal(400, "800002", `Invalid request input: ${malformed}`) };
  }
  const segments = decodePath(url.pathname);
  const part = segments ? "query" : "path";
  if (!segments || !decodePath(url.search)) {
    const description = `Invalid request input: the ${part} is not encoded well: send UTF-8, percent-encoded`;
    return { answer: refusal(400, "800002", description) };
  }
  const route = prism.route(method, url.pathname);
  if (!route) {
    const hint = hintForPath(prism.operations, url.pathname);
    const text = hint === undefined ? "Resource not found" : `Resource not found. ${hint}`;
    return { answer: gatewayAnswer(404, text.slice(0, 1024)) };
  }
  if ("allow" in route) {
    const allow = route.allow.join(", ");
    return { answer: gatewayAnswer(405, "Method not allowed", { allow }) };
  }

  const { operation } = route;
  const answered = perform(prism, world, operation, segments, message);
  const { answer } = answered;
  const check = (one: Answer) =>
    prism.checkResponse(operation, { ...one, headers: { ...common, ...one.headers } });
  const broken = check(answer);
  if (broken.length === 0) return answered;
  for (const other of documentedRefusals(operation, answer)) {
    if (check(other).length === 0) return { ...answered, answer: other };
  }
  // A defect of the mock itself: it must be seen, not passed on.
  const places = broken.map(({ path, message: what }) => `${path.join(".")}: ${what}`);
  const description = `The mock broke the contract of ${operation.iid} with status ${answer.status}`;
  return { answer: refusal(500, "800003", description, places) };
}

function decodePath(path: string): string[] | undefined {
  try {
    return path.split("/").map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
