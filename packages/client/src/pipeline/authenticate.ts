import { AbortedError, AuthenticationError, type PartnerCenterError } from "../errors/errors.ts";
import { elapsed, type Runtime } from "../runtime.ts";
import { createPreflight, type Preflight } from "../token/preflight.ts";
import type { TokenSource } from "../token/token-source.ts";
import { abortedError } from "./aborted.ts";
import type { Call, Stage } from "./call.ts";
import { limited } from "./limited.ts";

export interface AuthenticateOptions {
  source: TokenSource;
  /** Whether tokens are looked at before they are sent. */
  preflight: boolean;
  totalTimeoutMs: number;
  runtime: Runtime;
}

/**
 * Puts a token on the attempt, and after a 401 another one, once in a call. Where there is no other, the 401
 * stands. A token that has expired by our clock is renewed too, and then sent: our clock may be the wrong one.
 */
export function authenticateStage(options: AuthenticateOptions): Stage {
  const { source, totalTimeoutMs, runtime } = options;
  const preflight = options.preflight ? createPreflight() : () => ({}) as Preflight;
  /** By how much the service's clock is ahead of ours. */
  let ahead = 0;
  const look = (call: Call, token: string) =>
    preflight(token, call.rules?.needsUser ?? false, runtime.now() + ahead);
  const obtain = async (call: Call, refused?: string) => {
    const asked = refused === undefined ? source.get() : source.renew(refused);
    if (typeof asked === "string") return asked;
    const left = call.startedAt + totalTimeoutMs - elapsed(runtime);
    return limited(call, left, "token", () => asked);
  };
  const take = async (call: Call, refused?: string) => {
    if (call.signal?.aborted) throw abortedError(call);
    try {
      let token = await obtain(call, refused);
      if (!call.isRenewed && look(call, token).expired) {
        call.isRenewed = true;
        token = await obtain(call, token).catch((error: unknown) => {
          if (error instanceof AuthenticationError) return token;
          throw error;
        });
      }
      if (token !== call.tokens.at(-1)) call.tokens.push(token);
      call.headers.authorization = `Bearer ${token}`;
      const { fault } = look(call, token);
      if (fault) throw new AuthenticationError(fault);
    } catch (error) {
      if (!(error instanceof AuthenticationError)) throw error;
      // Many calls may share it; each has its own error.
      throw new AuthenticationError(error.message, call, { cause: error.original });
    }
  };
  return async (call, next) => {
    await take(call);
    const response = await next(call);
    if (call.clockAhead) ahead = call.clockAhead;
    if (response.status !== 401 || call.isReplayed) return response;
    call.isReplayed = call.isRenewed = true;
    const refused = call.tokens.at(-1)!;
    try {
      await take(call, refused);
    } catch (error) {
      if (error instanceof AbortedError) throw error;
      // What the service said is the answer; that there is no other token is only added to it.
      call.note = error as PartnerCenterError;
      const { expired } = look(call, refused);
      if (expired) call.note.message = `${expired}. ${call.note.message}`;
      return response;
    }
    return next(call);
  };
}
