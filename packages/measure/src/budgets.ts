/** What the client may cost. `must` fails the tests, `aim` is only shown beside the figure. */
export const budgets = {
  /** Bytes of the whole client, bundled for a browser, minified and gzipped. */
  gzip: { must: 9000, aim: 7000 },
  /** Type instantiations of a program with ten calls, over those of an empty program. */
  instantiations: { http: { must: 15_000, aim: 15_000 }, domain: { must: 1500, aim: 1500 } },
  /** Milliseconds to import the client, over an empty module. */
  importTime: { must: 5, aim: 1.5 },
};
