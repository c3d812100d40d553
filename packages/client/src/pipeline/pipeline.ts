import type { TokenSource } from "../token/token-source.ts";
import { onDemand } from "../on-demand.ts";
import { authenticateStage } from "./authenticate.ts";
import type { Next } from "./call.ts";
import { type HookSets, observeWait, reportResponse } from "./observe.ts";
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
  const transport = transportStage(options);
  if (options.hooks.length === 0) return assemble(options, transport);
  const { hooks, runtime } = options;
  const load = onDemand(async () => {
    const { observe } = await import("./observed.ts");
    const attempt = observe("attempt", hooks, runtime, transport);
    return observe("call", hooks, runtime, assemble(options, attempt));
  });
  return async (call) => (await load())(call);
}

/** @param send Makes one attempt. */
function assemble(options: PipelineOptions, send: Next): Next {
  const { source, hooks } = options;
  let attempt = send;
  if (source) {
    const authenticate = authenticateStage({ ...options, source });
    // For each attempt: a token may expire while a call waits.
    attempt = (call) => authenticate(call, send);
  }
  const retry = retryStage({ ...options, ...options.retry, onWait: observeWait(hooks) });
  return async (call) => {
    const answer = await retry(call, attempt);
    reportResponse(call, answer);
    return answer;
  };
}
