/** What is tested. */
export interface Target {
  /** For instance `http://127.0.0.1:4010`; a path in it stands before those of the contract. */
  baseUrl: string;
  /**
   * The bearer token. It is sent and never shown.
   *
   * @default "contract-suite", which the mock accepts
   */
  token?: string;
  /** The variable that the token came from, shown in its place. */
  tokenName?: string;
  /**
   * The base address of the mock's control (`/_mock/…`). False leaves the mock's clock and faults alone.
   *
   * @default the base URL, when the mock answers there over http
   */
  control?: string | false;
  /**
   * Sends only requests that change nothing.
   *
   * @default true, unless the host is this machine
   */
  readOnly?: boolean;
  /**
   * How long to wait for one answer, in milliseconds.
   *
   * @default 10_000
   */
  timeoutMs?: number;
  /** The most requests in a second. @default no limit on this machine, else 5 */
  rate?: number;
  /** The value of a parameter of that name, for instance `customer_id`. */
  values?: Record<string, string>;
}

/** Whether a base address is this machine's own. */
export function isLoopback(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl);
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
