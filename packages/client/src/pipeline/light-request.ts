/**
 * What openapi-fetch makes of a call, without the cost of a real `Request` (which is most of what
 * openapi-fetch costs). The pipeline reads it and calls `fetch` with address and init.
 */
export class LightRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | undefined;
  readonly signal: AbortSignal | undefined;
  /** The options of this one call. */
  readonly call: CallOptions | undefined;

  constructor(url: string, init: LightInit) {
    this.url = url;
    this.method = init.method ?? "GET";
    this.headers = init.headers;
    this.body = init.body;
    this.signal = init.signal ?? undefined;
    this.call = init.call;
  }
}

interface LightInit {
  method?: string;
  headers: Headers;
  body?: string;
  signal?: AbortSignal | null;
  call?: CallOptions;
}

/** Options that each call may take. */
export interface CallOptions {
  /** Ends the call, its waits included. */
  signal?: AbortSignal | undefined;
  /**
   * `MS-RequestId`, the idempotency key: give the one of an earlier call to continue it.
   *
   * @default a new GUID for each call
   */
  requestId?: string | undefined;
  /**
   * `MS-CorrelationId`, for tracing.
   *
   * @default a new GUID for each call
   */
  correlationId?: string | undefined;
}
