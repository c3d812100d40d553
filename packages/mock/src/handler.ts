import type { ServerResponse } from "node:http";
import { performance } from "node:perf_hooks";
import type { Http2Bindings, HttpBindings } from "@hono/node-server";
import { type Answered, answerRequest } from "./answer-request.ts";
import type { Control } from "./control/control.ts";
import { createControlHandler } from "./control/control-handler.ts";
import { allowEveryOrigin, isPreflight, preflightAnswer } from "./cors.ts";
import { disturb } from "./disturb.ts";
import type { Exchange } from "./journal.ts";
import type { Prism } from "./prism.ts";
import { readBody } from "./read-body.ts";
import { send } from "./reply.ts";
import { refusal } from "./simulator/refusal.ts";

export interface HandlerOptions {
  prism: Prism;
  control: Control;
  /** Lets pages of any origin call what is under /v1. */
  cors: boolean;
  /** Told of every exchange of the contract. */
  log: ((exchange: Exchange) => void) | undefined;
}

/** The whole mock as one function. */
export function createHandler({ prism, control, cors, log }: HandlerOptions) {
  const handleControl = createControlHandler(control);

  return async (request: Request, env: HttpBindings | Http2Bindings): Promise<Response> => {
    const url = new URL(request.url);
    if (/^\/_mock(\/|$)/.test(url.pathname)) return handleControl(request, url);
    const isOpen = cors && url.pathname.startsWith("/v1/");
    if (isOpen && isPreflight(request)) return preflightAnswer(request);

    const began = performance.now();
    const { world } = control;
    const at = world.clock.now();
    const headers = Object.fromEntries(request.headers);
    const common = {
      "ms-requestid": guid(headers["ms-requestid"]) ?? world.identifier(),
      "ms-correlationid": guid(headers["ms-correlationid"]) ?? world.identifier(),
      "content-type": "application/json; charset=utf-8",
      date: at.toUTCString(),
    };
    const body = await readBody(request);
    let answered: Answered;
    try {
      answered = answerRequest(
        prism,
        world,
        { method: request.method, url, headers, body },
        common,
      );
    } catch (error) {
      const { message } = error as Error;
      answered = { answer: refusal(500, "800003", `The mock failed: ${message}`) };
    }
    const { answer } = answered;
    const reply = await disturb(
      {
        status: answer.status,
        headers: { ...common, ...answer.headers },
        body: JSON.stringify(answer.body),
      },
      world.faults.take(answered),
    );
    if (isOpen) allowEveryOrigin(reply.headers);
    const exchange: Exchange = {
      at,
      took: performance.now() - began,
      method: request.method,
      url: request.url,
      requestHeaders: headers,
      requestBody: body.text,
      status: reply.status,
      responseHeaders: reply.headers,
      responseBody: reply.body,
      cut: reply.cut,
    };
    world.journal.record(exchange);
    log?.(exchange);
    return send(reply, env.outgoing as ServerResponse);
  };
}

/** The identifier that came, unless none came or it is not one. */
function guid(value: string | undefined): string | undefined {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value ?? "") ? value : undefined;
}
