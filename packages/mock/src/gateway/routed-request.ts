import type { Operation } from "@partner-qualifications/spec/model";
import { type Body, type Message, noBody, queryOf } from "../http/request.ts";
import type { Prism, PrismRequest } from "../prism/prism.ts";
import type { World } from "../world/world.ts";

/** A request with its operation, for the checks and the dispatcher. */
export interface RoutedRequest {
  prism: Prism;
  world: World;
  /** When it arrived, in milliseconds of the mock's clock. */
  now: number;
  operation: Operation;
  operationId: string;
  /** In lower case; undefined for operations without a customer. */
  customerId: string | undefined;
  isWrite: boolean;
  message: Message;
  /** Empty if the operation documents no body: an unexpected body has no meaning (RFC 9110, 9.3.1). */
  body: Body;
  /** Prism's view of the request. */
  input: PrismRequest;
}

/** @param segments The parts of the path, decoded. */
export function routedRequest(
  prism: Prism,
  world: World,
  operation: Operation,
  segments: string[],
  message: Message,
): RoutedRequest {
  const path: Record<string, string> = {};
  for (const [index, part] of operation.path.split("/").entries()) {
    if (part.startsWith("{")) path[part.slice(1, -1)] = segments[index] ?? "";
  }
  const { method, url, headers } = message;
  const body = operation.body ? message.body : noBody;
  return {
    prism,
    world,
    now: world.clock.milliseconds,
    operation,
    operationId: operation.id,
    customerId: path.customer_id?.toLowerCase(),
    isWrite: method === "POST" || method === "PUT",
    message,
    body,
    input: { path, query: queryOf(url), headers, body: body.value },
  };
}
