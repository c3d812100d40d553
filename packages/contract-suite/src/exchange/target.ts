/** The implementation to test. */
export interface Target {
  /** For example `http://127.0.0.1:4010`; its path precedes the contract's paths. */
  baseUrl: string;
  /**
   * The bearer token. It is never printed.
   *
   * @default "contract-suite", which the mock accepts
   */
  token?: string;
  /** The variable that contained the token, printed instead of it. */
  tokenName?: string;
  /**
   * The base URL of the mock's control API (`/_mock/…`). False leaves the mock's clock and faults alone.
   *
   * @default the base URL, if the mock answers there over http
   */
  control?: string | false;
  /**
   * Sends only requests that change nothing.
   *
   * @default true, unless the host is this machine
   */
  readOnly?: boolean;
  /**
   * Timeout of a response, in milliseconds.
   *
   * @default 10_000
   */
  timeoutMs?: number;
  /** Maximum requests per second. @default no limit on this machine, otherwise 5 */
  rate?: number;
  /** Values of parameters by name, such as `customer_id`. */
  values?: Record<string, string>;
}

/** Whether a base URL names this machine. */
export function isLoopback(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl);
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
