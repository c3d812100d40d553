import type { Hooks } from "../hooks.ts";
import type { Runtime } from "../runtime.ts";
import type { TokenSource } from "../token/token-source.ts";
import { authenticateStage } from "./authenticate.ts";
import type { Next } from "./call.ts";
import type { Gates } from "./gate.ts";
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
  gates: Gates;
}

/**
 * What carries a call to its answer. Its stages, from the outside in: hooks of the call, retry, token,
 * hooks of the attempt, transport with its timeout. A stage that is not wanted is not there.
 */
export function createPipeline(options: PipelineOptions): Next {
  const { source, hooks, runtime } = options;
  const transport = transportStage(options);
  let attempt = hooks ? observe("attempt", hooks, runtime, transport) : transport;
  if (source) {
    const authenticate = authenticateStage({ ...options, source });
    const inner = attempt;
    // For each attempt: a token may expire while a call waits.
    attempt = (call) => authenticate(call, inner);
  }
  const retry = retryStage({ ...options, ...options.retry, onWait: hooks && observeWait(hooks) });
  let run: Next = (call) => retry(call, attempt);
  if (hooks) run = observe("call", hooks, runtime, run);
  return run;
}
