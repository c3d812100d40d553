import type { Prism } from "../prism.ts";
import { acceptsBody, readBody } from "../read-body.ts";
import type { Scenario } from "../scenario.ts";
import type { Control } from "./control.ts";
import { controlDescriptionText } from "./control-description.ts";
import { controlPrism } from "./control-prism.ts";
import { isCrossSite } from "./cross-site.ts";
import { parseScenario } from "./parse-scenario.ts";
import { performControl } from "./perform-control.ts";

/** What is under `/_mock/`, checked by Prism against a description of its own. */
export function createControlHandler(control: Control) {
  return async (request: Request, url: URL): Promise<Response> => {
    if (isCrossSite(request, url)) {
      return problem(403, "A page of another site may not move the mock");
    }
    if (url.pathname === "/_mock/openapi.yaml" && request.method === "GET") {
      const headers = { "content-type": "application/yaml; charset=utf-8" };
      return new Response(controlDescriptionText(), { headers });
    }
    try {
      return await answer(await controlPrism(), control, request, url);
    } catch (error) {
      if (error instanceof RangeError) return problem(400, error.message);
      throw error;
    }
  };
}

async function answer(
  prism: Prism,
  control: Control,
  request: Request,
  url: URL,
): Promise<Response> {
  const route = prism.route(request.method, url.pathname);
  if (!route) return problem(404, "There is no such thing here; see GET /_mock/openapi.yaml");
  if ("allow" in route) {
    const allow = route.allow.join(", ");
    return problem(405, `Only ${allow} can be done here`, { allow });
  }
  const { operation } = route;
  const body = await readBody(request);
  if (body.tooLarge) return problem(400, "The body is too large");
  const contentType = request.headers.get("content-type") ?? undefined;
  if (body.size > 0 && !acceptsBody(operation, contentType)) {
    const types = operation.request?.body?.contents?.map(({ mediaType }) => mediaType) ?? [];
    return problem(415, `The body's Content-Type must be ${types.join(" or ") || "left out"}`);
  }
  // A scenario may be YAML, and JSON is YAML too.
  let { value, malformed } = body;
  if (operation.iid === "loadScenario" && body.size > 0) {
    value = await parseScenario(body.text);
    malformed = undefined;
  }
  if (malformed !== undefined) return problem(400, `The body is not JSON (${malformed})`);
  const violations = prism.checkRequest(operation, {
    method: request.method,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: {
      "content-length": String(body.size),
      ...(body.size > 0 && contentType !== undefined && { "content-type": contentType }),
    },
    body: value,
  });
  if (violations.length > 0) {
    return problem(400, violations.map(({ message }) => message).join("\n"));
  }
  const result = performControl(control, operation.iid ?? "", value as Scenario);
  const headers = { "content-type": "application/json; charset=utf-8" };
  const broken = prism.checkResponse(operation, { status: 200, headers, body: result });
  if (broken.length > 0) {
    return problem(
      500,
      broken.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n"),
    );
  }
  return Response.json(result, { headers });
}

function problem(status: number, error: string, headers: Record<string, string> = {}): Response {
  return Response.json({ error }, { status, headers });
}
