import { AbortedError } from "../errors/index.ts";
import type { Hooks } from "../hooks.ts";
import type { Runtime } from "../runtime.ts";
import type { TokenSource } from "../token/token-source.ts";
import { authenticateStage } from "./authenticate.ts";
import { type Call, describeCall, type Next } from "./call.ts";
import { identify } from "./identify.ts";
import type { LightRequest } from "./light-request.ts";
import { observe, observeWait } from "./observe.ts";
import { type RetryOptions, retryStage } from "./retry.ts";
import { type Fetch, transportStage } from "./transport.ts";

export interface PipelineOptions {
  baseUrl: string;
  applicationName: string | undefined;
  source: TokenSource | undefined;
  preflight: boolean;
  timeoutMs: number;
  totalTimeoutMs: number;
  retry: RetryOptions | undefined;
  hooks: Hooks | undefined;
  fetch: Fetch;
  runtime: Runtime;
}

const calls = new WeakMap<Response, Call>();

/** The call that an answer belongs to. */
export function callOf(response: Response): Call | undefined {
  return calls.get(response);
}

/**
 * The `fetch` under openapi-fetch. Its stages, from the outside in: identifiers, hooks of the call,
 * token, retry, hooks of the attempt, transport with its timeout. A stage that is not wanted is not
 * there.
 */
export function createPipeline(
  options: PipelineOptions,
): (request: LightRequest) => Promise<Response> {
  const { source, hooks, runtime, totalTimeoutMs } = options;
  const transport = transportStage(options);
  const attempt = hooks ? observe("attempt", hooks, runtime, transport) : transport;
  const onWait = hooks ? observeWait(hooks) : () => {};
  const retry = retryStage({ ...options.retry, runtime, totalTimeoutMs, onWait });
  let run: Next = (call) => retry(call, attempt);
  if (source) {
    const authenticate = authenticateStage({ ...options, source });
    const inner = run;
    run = (call) => authenticate(call, inner);
  }
  if (hooks) run = observe("call", hooks, runtime, run);
  return async (request) => {
    const call = identify(request, options);
    const { signal } = call;
    if (signal?.aborted) {
      throw new AbortedError("The call was aborted", describeCall(call), { cause: signal.reason });
    }
    const response = await run(call);
    calls.set(response, call);
    return response;
  };
}
