import { AbortedError, AuthenticationError, type PartnerCenterError } from "../errors/errors.ts";
import { elapsed, type Runtime } from "../runtime.ts";
import { createPreflight, type Preflight } from "../token/preflight.ts";
import type { TokenSource } from "../token/token-source.ts";
import type { Call, Stage } from "./call.ts";
import { abortedError, factsOf, limited } from "./limited.ts";

export interface AuthenticateOptions {
  source: TokenSource;
  /** Whether to check tokens before sending them. */
  preflight: boolean;
  runtime: Runtime;
}

/**
 * Adds a token to each attempt, and replays the request with another token after a 401, once in a call. If
 * there is no other token, the 401 stands. A token that has expired by the local clock is renewed and then
 * sent, since the local clock may be wrong.
 */
export function authenticateStage(options: AuthenticateOptions): Stage {
  const { source, runtime } = options;
  const preflight = options.preflight ? createPreflight() : (): Preflight => ({});
  /** How far the service's clock is ahead of the local one. */
  let ahead = 0;
  const check = (call: Call, token: string) =>
    preflight(token, call.rules?.needsUser ?? false, runtime.now() + ahead);
  const obtain = (call: Call, refused: string | undefined) => {
    const token = refused === undefined ? source.get() : source.renew(refused);
    if (typeof token === "string") return token;
    return limited(call, call.state.deadline - elapsed(runtime), "token", () => token);
  };
  const authenticate = async (call: Call, refused?: string) => {
    const { state } = call;
    if (call.signal?.aborted) throw abortedError(call);
    try {
      const given = obtain(call, refused);
      // Without a turn of the event loop, if the token is there.
      let token = typeof given === "string" ? given : await given;
      let found = check(call, token);
      if (found.expired && !state.isRenewed) {
        state.isRenewed = true;
        try {
          token = await obtain(call, token);
          found = check(call, token);
        } catch (error) {
          if (!(error instanceof AuthenticationError)) throw error;
        }
      }
      if (token !== state.token) state.secrets.push((state.token = token));
      if (found.fault) throw new AuthenticationError(found.fault);
    } catch (error) {
      if (!(error instanceof AuthenticationError)) throw error;
      // Calls that share a token request each need an error with their own identifiers.
      throw new AuthenticationError(error.message, factsOf(call), { cause: error.original });
    }
  };
  return async (call, next) => {
    const { state } = call;
    await authenticate(call);
    const answer = await next(call);
    if (state.clockAhead) ahead = state.clockAhead;
    if (answer.response.status !== 401 || state.isReplayed) return answer;
    state.isReplayed = state.isRenewed = true;
    const refused = state.token!;
    try {
      await authenticate(call, refused);
    } catch (error) {
      if (error instanceof AbortedError) throw error;
      // The service's error is the result; the missing token only explains it.
      const note = error as PartnerCenterError;
      const { expired } = check(call, refused);
      if (expired) note.message = `${expired}. ${note.message}`;
      return { ...answer, note };
    }
    return next(call);
  };
}
