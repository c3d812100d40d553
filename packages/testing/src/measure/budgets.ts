/**
 * The client's budgets. The benchmarks show each beside its measurement. Size and instantiations, which
 * are the same on every machine, also fail the tests.
 */
export const budgets = {
  /** In-process cost of a call, as a multiple of bare `fetch`. */
  inProcess: { GET: { must: 2.6, aim: 1.8 }, POST: { must: 3, aim: 1.8 } },
  /** Throughput over loopback, as a multiple of bare `fetch`. */
  throughput: { must: 0.75, aim: 0.9 },
  throughputOnNode: { must: 1.7, aim: 2.5 },
  /**
   * Bytes of what a browser program loads with the main entry, bundled, minified and gzipped: the measured figure
   * plus 1 %. Requests with their polling, customers, audit records, `fetch`, the rate limit, the words of errors
   * and hooks are loaded on demand. The rest is needed by every call or is synchronous: options, resume tokens, errors.
   */
  gzip: { must: 10_760, aim: 9500 },
  /** Type instantiations of a program with ten calls, over those of an empty program. */
  instantiations: { http: { must: 15_000, aim: 15_000 }, domain: { must: 1500, aim: 1500 } },
  /** Milliseconds to import the client, over an empty module. */
  importTime: { must: 5, aim: 1.5 },
};
