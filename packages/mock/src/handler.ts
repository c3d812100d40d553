import type { IncomingMessage, ServerResponse } from "node:http";
import { answerRequest } from "./answer-request.ts";
import type { Control } from "./control/control.ts";
import { answerControl } from "./control/answer-control.ts";
import { allowEveryOrigin, isPreflight, preflightAnswer } from "./cors.ts";
import { disturb } from "./disturb.ts";
import type { Exchange } from "./journal.ts";
import type { Answered } from "./perform.ts";
import type { Prism } from "./prism.ts";
import { type Message, receive } from "./receive.ts";
import { type Reply, send } from "./reply.ts";
import { refusal } from "./simulator/refusal.ts";
import type { World } from "./world.ts";

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
  return (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    // Who goes away in the middle of a request gets no answer, and does no harm.
    handle(incoming, outgoing).catch(() => outgoing.destroy());
  };

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const began = performance.now();
    const message = await receive(incoming);
    if (!message) return send({ status: 400, headers: {}, body: "" }, outgoing);
    const { url } = message;
    if (/^\/_mock(\/|$)/.test(url.pathname)) {
      return send(await answerControl(control, message), outgoing);
    }
    const isOpen = cors && url.pathname.startsWith("/v1/");
    if (isOpen && isPreflight(message)) return send(preflightAnswer(message), outgoing);

    const { world } = control;
    const at = world.clock.now();
    const reply = await replyTo(prism, world, message);
    if (isOpen) allowEveryOrigin(reply.headers);
    const took = performance.now() - began;
    const kept = world.journal.record({ at, took, message, reply });
    log?.(kept);
    send(reply, outgoing);
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
  let answered: Answered;
  try {
    answered = answerRequest(prism, world, message, common);
  } catch (error) {
    answered = { answer: refusal(500, "800003", `The mock failed: ${(error as Error).message}`) };
  }
  const { status, headers, body } = answered.answer;
  return disturb(
    { status, headers: { ...common, ...headers }, body: JSON.stringify(body) },
    world.faults.take(answered),
  );
}

/** The identifier that came, unless none came or it is not one. */
function guid(value: string | undefined): string | undefined {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value ?? "") ? value : undefined;
}
