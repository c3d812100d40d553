import type { Hooks } from "../hooks.ts";
import type { Runtime } from "../runtime.ts";
import type { TokenSource } from "../token/token-source.ts";
import { authenticateStage } from "./authenticate.ts";
import type { Next } from "./call.ts";
import { observe, observeWait } from "./observe.ts";
import { type RetryOptions, retryStage } from "./retry.ts";
import { type Fetch, transportStage } from "./transport.ts";

export interface PipelineOptions {
  source: TokenSource | undefined;
  preflight: boolean;
  timeoutMs: number;
  totalTimeoutMs: number;
  retry: RetryOptions | undefined;
  hooks: Hooks | undefined;
  fetch: Fetch;
  runtime: Runtime;
}

/**
 * What carries a call to its answer. Its stages, from the outside in: hooks of the call, token,
 * retry, hooks of the attempt, transport with its timeout. A stage that is not wanted is not there.
 */
export function createPipeline(options: PipelineOptions): Next {
  const { source, hooks, runtime } = options;
  const transport = transportStage(options);
  const attempt = hooks ? observe("attempt", hooks, runtime, transport) : transport;
  const retry = retryStage({ ...options, ...options.retry, onWait: hooks && observeWait(hooks) });
  let run: Next = (call) => retry(call, attempt);
  if (source) {
    const authenticate = authenticateStage({ ...options, source });
    const inner = run;
    run = (call) => authenticate(call, inner);
  }
  if (hooks) run = observe("call", hooks, runtime, run);
  return run;
}
