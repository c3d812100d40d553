import { queryOf } from "../gateway/check.ts";
import type { Message } from "../http/request.ts";
import type { Prism } from "../prism/prism.ts";
import { describedBody } from "../http/read-body.ts";
import { refuseBody } from "../http/refuse-body.ts";
import type { Reply } from "../http/reply.ts";
import type { Control } from "./control.ts";
import { controlDescriptionText } from "./description.ts";
import { controlPrism } from "./control-prism.ts";
import { isCrossSite } from "./cross-site.ts";
import { meantPath } from "../gateway/hints/path.ts";
import { parseScenario } from "./parse-scenario.ts";
import { performControl } from "./perform-control.ts";

/** Answers what is under `/_mock/`, checked by Prism against a description of its own. */
export async function answerControl(
  control: Control,
  message: Message,
  isOwnHost: (message: Message) => boolean,
): Promise<Reply> {
  const { method, url, host } = message;
  if (!isOwnHost(message)) {
    const own = `The control API does not answer to the host "${host}"`;
    const name = host.replace(/:\d*$/, "") || "NAME";
    return problem(
      403,
      `${own}. Start the mock with --control-host ${name} (in code: controlHosts) to allow it.`,
    );
  }
  if (isCrossSite(message)) return problem(403, "A page of another site may not move the mock");
  try {
    if (url.pathname === "/_mock/openapi.yaml" && /^(GET|HEAD)$/.test(method)) {
      const headers = { "content-type": "application/yaml; charset=utf-8" };
      return { status: 200, headers, body: controlDescriptionText() };
    }
    return await answer(await controlPrism(), control, message);
  } catch (error) {
    if (error instanceof RangeError) return problem(400, error.message);
    return problem(500, `The mock failed: ${(error as Error).message}`);
  }
}

async function answer(
  prism: Prism,
  control: Control,
  { method, url, headers, body: sent }: Message,
): Promise<Reply> {
  const route = prism.route(method, url.pathname);
  if (!route) {
    const meant = meantPath(prism.operations, url.pathname);
    const question = meant === undefined ? "" : ` Did you mean ${meant}?`;
    return problem(404, `There is no such thing here.${question} See GET /_mock/openapi.yaml`);
  }
  if ("allow" in route) {
    const allow = route.allow.join(", ");
    return problem(405, `Only ${allow} can be done here`, { allow });
  }
  const { operation } = route;
  const body = describedBody(operation, sent);
  const isScenario = operation.iid === "loadScenario" && body.size > 0;
  const unreadable = refuseBody(
    operation,
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
  const reply = json(200, performControl(control, operation.iid ?? "", url.searchParams, value));
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
