import type { IncomingMessage, ServerResponse } from "node:http";
import { respondToControl } from "./control/control-api.ts";
import type { Controlled } from "./control/control.ts";
import { applyFaults, delayRecord } from "./faults/apply-faults.ts";
import { respond } from "./gateway/respond.ts";
import { allowEveryOrigin, isPreflight, preflightReply } from "./http/cors.ts";
import { type Reply, send } from "./http/reply.ts";
import { type Message, receive } from "./http/request.ts";
import type { Prism } from "./prism/prism.ts";
import { methodsOf } from "./prism/router.ts";
import type { AuditEntry } from "./simulator/audit-log.ts";
import { refuse } from "./simulator/outcome.ts";
import type { Exchange } from "./world/journal.ts";
import type { World } from "./world/world.ts";

export interface HandlerOptions extends Controlled {
  prism: Prism;
  /** The mock's own address. */
  url: string;
  /** Returns whether a request names a host that can control the mock. */
  isOwnHost: (message: Message) => boolean;
  /** Lets pages of any origin call what is under /v1. */
  cors: boolean;
  /** Called with each exchange of the contract. */
  log: ((exchange: Exchange) => void) | undefined;
}

/** Creates the function that handles every request. */
export function createHandler(options: HandlerOptions) {
  const { prism, control, world: currentWorld, url: base, isOwnHost, cors, log } = options;
  return (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    // If the client disconnects in the middle of a request, drop the response.
    handle(incoming, outgoing).catch(() => outgoing.destroy());
  };

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const began = performance.now();
    const message = await receive(incoming, base);
    const { url } = message;
    if (/^\/_mock(\/|$)/.test(url.pathname)) {
      return send(await respondToControl(control, message, isOwnHost), outgoing);
    }
    if (message.target === "*" && !message.malformed) {
      const allow = [...methodsOf(prism.contract.operations), "OPTIONS"].toSorted().join(", ");
      return send({ status: 204, headers: { allow }, body: "" }, outgoing);
    }
    const isOpen = cors && url.pathname.startsWith("/v1/");
    if (isOpen && isPreflight(message)) return send(preflightReply(message), outgoing);

    const world = currentWorld();
    const at = world.clock.now();
    const { reply, audited } = await replyTo(prism, world, message);
    if (isOpen) allowEveryOrigin(reply.headers);
    const took = performance.now() - began;
    const sent = sendOrFail(reply, outgoing);
    const kept = world.journal.record({ at, took, message, reply: sent, audited });
    try {
      log?.(kept);
    } catch (error) {
      // The reply is sent and recorded. Only the caller can fix its log callback.
      process.emitWarning(error as Error);
    }
  }
}

/** A reply, and the audit record of its request. */
interface Replied {
  reply: Reply;
  audited?: AuditEntry | undefined;
}

/** Returns the reply with the common headers and its faults. */
async function replyTo(prism: Prism, world: World, message: Message): Promise<Replied> {
  const common = {
    "ms-requestid": guid(message.headers["ms-requestid"]) ?? world.identifier(),
    "ms-correlationid": guid(message.headers["ms-correlationid"]) ?? world.identifier(),
    "content-type": "application/json; charset=utf-8",
    date: world.clock.now().toUTCString(),
  };
  try {
    const { outcome, ...subject } = respond(prism, world, message, common);
    const { audited } = subject;
    const faults = world.faults.take(subject);
    if (audited) delayRecord(world.auditLog, audited, faults);
    const headers = { ...common, ...outcome.headers };
    return { reply: await applyFaults({ ...outcome, headers }, faults), audited };
  } catch (error) {
    return { reply: failed(error, common) };
  }
}

/** Sends a reply; if that fails, sends an error with the reason. */
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

/** Returns the reply for a defect of the mock itself, which must not stay hidden. */
function failed(error: unknown, headers: Record<string, string>): Reply {
  const { status, body } = refuse(500, "800003", `The mock failed: ${(error as Error).message}`);
  return { status, headers, body: JSON.stringify(body) };
}

/** Returns the identifier if it is a GUID. */
function guid(value: string | undefined): string | undefined {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value ?? "") ? value : undefined;
}
