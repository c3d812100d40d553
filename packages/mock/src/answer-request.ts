import { gatewayAnswer } from "./answer.ts";
import { type Answered, perform } from "./perform.ts";
import type { Prism } from "./prism.ts";
import type { Message } from "./receive.ts";
import { refusal } from "./simulator/refusal.ts";
import type { World } from "./world.ts";

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
  const { method, url } = message;
  const segments = decodePath(url.pathname);
  if (!segments) {
    const description = "Invalid request input: the path is not encoded well";
    return { answer: refusal(400, "800002", description) };
  }
  const route = prism.route(method, url.pathname);
  if (!route) return { answer: gatewayAnswer(404, "Resource not found") };
  if ("allow" in route) {
    const allow = route.allow.join(", ");
    return { answer: gatewayAnswer(405, "Method not allowed", { allow }) };
  }

  const { operation } = route;
  const answered = perform(prism, world, operation, segments, message);
  const { answer } = answered;
  const headers = { ...common, ...answer.headers };
  const broken = prism.checkResponse(operation, { ...answer, headers });
  if (broken.length === 0) return answered;
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
