import type { Fault } from "../faults/fault.ts";
import { meantPath } from "../gateway/hints/path.ts";
import { testTokens } from "../gateway/token.ts";
import { refuseBody } from "../http/content-negotiation.ts";
import type { Reply } from "../http/reply.ts";
import { type Message, noBody, queryOf } from "../http/request.ts";
import type { Prism } from "../prism/prism.ts";
import type { ClockSettings } from "../simulator/clock.ts";
import type { Scenario } from "../world/scenario.ts";
import type { TestCustomer } from "../world/test-customers.ts";
import { isCrossSite } from "./allowed-callers.ts";
import type { Control } from "./control.ts";
import { controlDescriptionText, controlPrism } from "./description.ts";
import { parseScenario } from "./parse-scenario.ts";

/** Replies to a request under `/_mock/`, which Prism checks against `control.openapi.yaml`. */
export async function respondToControl(
  control: Control,
  message: Message,
  isOwnHost: (message: Message) => boolean,
): Promise<Reply> {
  const { method, url, host } = message;
  if (!isOwnHost(message)) {
    const own = `The control API does not accept the host "${host}"`;
    const name = host.replace(/:\d*$/, "") || "NAME";
    return problem(
      403,
      `${own}. Start the mock with --control-host ${name} (in code: controlHosts) to allow it.`,
    );
  }
  if (isCrossSite(message)) return problem(403, "A page of another site cannot control the mock");
  try {
    if (url.pathname === "/_mock/openapi.yaml" && /^(GET|HEAD)$/.test(method)) {
      const headers = { "content-type": "application/yaml; charset=utf-8" };
      return { status: 200, headers, body: controlDescriptionText() };
    }
    return await respond(await controlPrism(), control, message);
  } catch (error) {
    if (error instanceof RangeError) return problem(400, error.message);
    return problem(500, `The mock failed: ${(error as Error).message}`);
  }
}

async function respond(
  prism: Prism,
  control: Control,
  { method, url, headers, body: sent }: Message,
): Promise<Reply> {
  const route = prism.route(method, url.pathname);
  if (!route) {
    const meant = meantPath(prism.contract.operations, url.pathname);
    const question = meant === undefined ? "" : ` Did you mean ${meant}?`;
    return problem(404, `Unknown path.${question} See GET /_mock/openapi.yaml`);
  }
  if ("allow" in route) {
    const allow = route.allow.join(", ");
    return problem(405, `This path supports only ${allow}`, { allow });
  }
  const { operation } = route;
  const body = operation.body ? sent : noBody;
  const isScenario = operation.id === "loadScenario" && body.size > 0;
  const mediaTypes = Object.keys(operation.body?.content ?? {});
  const unreadable = refuseBody(
    mediaTypes,
    headers,
    isScenario ? { ...body, malformed: undefined } : body,
  );
  if (unreadable) return problem(unreadable.status, `The body ${unreadable.reason}`);
  // JSON is YAML too.
  const value: unknown = isScenario ? await parseScenario(body.text) : body.value;
  const violations = prism.checkRequest(operation, {
    path: {},
    query: queryOf(url),
    headers,
    body: value,
  });
  if (violations.length > 0) {
    return problem(400, violations.map(({ message }) => message).join("\n"));
  }
  const reply = json(200, dispatchControl(control, operation.id, url.searchParams, value));
  const broken = prism.checkResponse(operation, { ...reply, body: JSON.parse(reply.body) });
  if (broken.length === 0) return reply;
  const places = broken.map(({ path, message }) => `${path.join(".")}: ${message}`);
  return problem(500, places.join("\n"));
}

function json(status: number, value: unknown): Reply {
  const headers = { "content-type": "application/json; charset=utf-8" };
  return { status, headers, body: JSON.stringify(value) };
}

function problem(status: number, error: string, headers: Record<string, string> = {}): Reply {
  const reply = json(status, { error });
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

/** Dispatches a valid request under `/_mock/`. */
function dispatchControl(
  control: Control,
  operationId: string,
  query: URLSearchParams,
  body: unknown,
): unknown {
  switch (operationId) {
    case "getClock":
      return control.clock;
    case "setClock":
      control.setClock(body as ClockSettings);
      return control.clock;
    case "advanceClock":
      control.advance((body as { by: string }).by);
      return control.clock;
    case "reset":
      control.reset();
      return control.clock;
    case "setSeed":
      control.seed((body as { seed: number }).seed);
      return body;
    case "loadScenario":
      control.reset(body as Scenario);
      return control.clock;
    case "listFaults":
      return control.faults;
    case "addFaults":
      control.addFaults(...[body as Fault | Fault[]].flat());
      return control.faults;
    case "clearFaults":
      control.clearFaults();
      return control.faults;
    case "getJournal":
      return control.journal({
        after: number(query.get("after")),
        limit: number(query.get("limit")),
      });
    case "listTestCustomers":
      return { customers: control.testCustomers, tokens: testTokens };
    case "setTestCustomer":
      control.setTestCustomer(body as TestCustomer);
      return body;
    default:
      throw new Error(`The control API does not implement the operation ${operationId}`);
  }
}

function number(text: string | null): number | undefined {
  return text === null ? undefined : Number(text);
}
