import type { IncomingMessage, ServerResponse } from "node:http";
import { answerRequest } from "./gateway/respond.ts";
import type { Control } from "./control/control.ts";
import { answerControl } from "./control/control-api.ts";
import { allowEveryOrigin, isPreflight, preflightAnswer } from "./http/cors.ts";
import { disturb } from "./faults/apply-faults.ts";
import type { Exchange } from "./world/journal.ts";
import type { Prism } from "./prism/prism.ts";
import { type Message, receive } from "./http/request.ts";
import { methodsOf } from "./prism/router.ts";
import { type Reply, send } from "./http/reply.ts";
import { refusal } from "./simulator/outcome.ts";
import type { World } from "./world/world.ts";

export interface HandlerOptions {
  prism: Prism;
  control: Control;
  /** The mock's own address. */
  url: string;
  /** Whether a request names a host that may control the mock. */
  isOwnHost: (message: Message) => boolean;
  /** Lets pages of any origin call what is under /v1. */
  cors: boolean;
  /** Called with every exchange of the contract. */
  log: ((exchange: Exchange) => void) | undefined;
}

/** The whole mock as one function. */
export function createHandler({ prism, control, url: base, isOwnHost, cors, log }: HandlerOptions) {
  return (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    // If the client disconnects in the middle of a request, drop the response.
    handle(incoming, outgoing).catch(() => outgoing.destroy());
  };

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const began = performance.now();
    const message = await receive(incoming, base);
    const { url } = message;
    if (/^\/_mock(\/|$)/.test(url.pathname)) {
      return send(await answerControl(control, message, isOwnHost), outgoing);
    }
    if (message.target === "*" && !message.malformed) {
      const allow = [...methodsOf(prism.operations), "OPTIONS"].toSorted().join(", ");
      return send({ status: 204, headers: { allow }, body: "" }, outgoing);
    }
    const isOpen = cors && url.pathname.startsWith("/v1/");
    if (isOpen && isPreflight(message)) return send(preflightAnswer(message), outgoing);

    const { world } = control;
    const at = world.clock.now();
    const reply = await replyTo(prism, world, message);
    if (isOpen) allowEveryOrigin(reply.headers);
    const took = performance.now() - began;
    const sent = sendOrFail(reply, outgoing);
    const kept = world.journal.record({ at, took, message, reply: sent });
    try {
      log?.(kept);
    } catch (error) {
      // The answer is on its way, and the journal has it. Only the caller can fix its own log.
      process.emitWarning(error as Error);
    }
  }
}

/** The answer with the headers that all have, and with its faults. */
async function replyTo(prism: Prism, world: World, message: Message): Promise<Reply> {
  const common = {
    "ms-requestid": guid(message.headers["ms-requestid"]) ?? world.identifier(),
    "ms-correlationid": guid(message.headers["ms-correlationid"]) ?? world.identifier(),
    "content-type": "application/json; charset=utf-8",
    date: world.clock.now().toUTCString(),
  };
  try {
    const answered = answerRequest(prism, world, message, common);
    const { status, headers, body } = answered.answer;
    const faults = world.faults.take(answered);
    return await disturb({ status, headers: { ...common, ...headers }, body }, faults);
  } catch (error) {
    return failed(error, common);
  }
}

/** Sends a reply; where that cannot be done, an error that says why. */
function sendOrFail(reply: Reply, outgoing: ServerResponse): Reply {
  try {
    send(reply, outgoing);
    return reply;
  } catch (error) {
    const {
      date = "",
      "ms-requestid": id = "",
      "ms-correlationid": correlation = "",
    } = reply.headers;
    const type = "application/json; charset=utf-8";
    const headers = {
      "ms-requestid": id,
      "ms-correlationid": correlation,
      "content-type": type,
      date,
    };
    const instead = failed(error, headers);
    send(instead, outgoing);
    return instead;
  }
}

/** A defect of the mock itself: it must be seen, not passed on. */
function failed(error: unknown, headers: Record<string, string>): Reply {
  const { status, body } = refusal(500, "800003", `The mock failed: ${(error as Error).message}`);
  return { status, headers, body: JSON.stringify(body) };
}

/** The identifier that came, unless none came or it is not one. */
function guid(value: string | undefined): string | undefined {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value ?? "") ? value : undefined;
}
