import { AuthenticationError } from "../errors/index.ts";
import type { Runtime } from "../runtime.ts";
import { createPreflight } from "../token/preflight.ts";
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

/** Puts a token on the call, and after a 401 another one, once. */
export function authenticateStage(options: AuthenticateOptions): Stage {
  const { source, totalTimeoutMs, runtime } = options;
  const faultOf = options.preflight ? createPreflight(runtime) : () => undefined;
  const take = async (call: Call, refused?: string) => {
    if (call.signal?.aborted) throw abortedError(call);
    try {
      const asked = refused === undefined ? source.get() : source.renew(refused);
      const left = call.startedAt + totalTimeoutMs - runtime.now();
      const token =
        typeof asked === "string" ? asked : await limited(call, left, "token", () => asked);
      call.tokens.push(token);
      call.headers.authorization = `Bearer ${token}`;
      const fault = faultOf(token, call.rules?.needsUser ?? false);
      if (fault) throw new AuthenticationError(fault);
    } catch (error) {
      if (!(error instanceof AuthenticationError)) throw error;
      // Many calls may share it; each tells of itself.
      throw new AuthenticationError(error.message, call, { cause: error.cause });
    }
  };
  return async (call, next) => {
    await take(call);
    const response = await next(call);
    if (response.status !== 401) return response;
    await take(call, call.tokens.at(-1));
    return next(call);
  };
}
