import type { TokenSource } from "../token/token-source.ts";
import { authenticateStage } from "./authenticate.ts";
import type { Next } from "./call.ts";
import { type HookSets, observe, observeWait, reportResponse } from "./observe.ts";
import { type RetryOptions, retryStage } from "./retry.ts";
import type { Throttle } from "./throttle.ts";
import { type TransportOptions, transportStage } from "./transport.ts";

export interface PipelineOptions extends TransportOptions {
  source: TokenSource | undefined;
  preflight: boolean;
  retry: RetryOptions | undefined;
  hooks: HookSets;
  throttle: Throttle;
}

/**
 * Creates the pipeline. Its stages, from the outside in: hooks of the call, retry, token, hooks of the
 * attempt, transport with its timeout. It contains only the stages that the options need.
 */
export function createPipeline(options: PipelineOptions): Next {
  const { source, hooks, runtime } = options;
  const transport = transportStage(options);
  const hasHooks = hooks.length > 0;
  let attempt = hasHooks ? observe("attempt", hooks, runtime, transport) : transport;
  if (source) {
    const authenticate = authenticateStage({ ...options, source });
    const inner = attempt;
    // For each attempt: a token may expire while a call waits.
    attempt = (call) => authenticate(call, inner);
  }
  const retry = retryStage({ ...options, ...options.retry, onWait: observeWait(hooks) });
  const run: Next = async (call) => {
    const answer = await retry(call, attempt);
    reportResponse(call, answer);
    return answer;
  };
  return hasHooks ? observe("call", hooks, runtime, run) : run;
}
