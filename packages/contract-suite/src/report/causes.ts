import type { Failure } from "../exchange/exchange.ts";

/** Failures with one cause: the same check, for the same reason. */
export interface Cause {
  check: string;
  /** The failure with the shortest request. */
  example: Failure;
  count: number;
  /** Where it was seen. */
  operations: string[];
}

/** The worst first: a service that fails, then one that lets in too much, then one that answers wrongly. */
const worst = [
  "not_a_server_error",
  "ignored_auth",
  "missing_required_header",
  "negative_data_rejection",
  "idempotent_replay",
  "stateful_model",
];
/** What breaks the letter of the contract and mostly not its users. */
const mildest = [
  "positive_data_acceptance",
  "status_code_conformance",
  "content_type_conformance",
  "response_headers_conformance",
  "unsupported_method",
  "allow_header_conformance",
  "max_response_time",
];

/** Groups failures by their cause, the worst first, then the most frequent. */
export function causesOf(failures: readonly Failure[]): Cause[] {
  const groups = Map.groupBy(failures, ({ check, message }) => `${check} ${kindOf(message)}`);
  return [...groups.values()]
    .map((alike): Cause => {
      const [first, ...more] = alike.toSorted((a, b) => a.curl.length - b.curl.length);
      const example = first as Failure;
      const operations = [...new Set([example, ...more].map(({ operationId }) => operationId))];
      return { check: example.check, example, count: alike.length, operations };
    })
    .toSorted((a, b) => rankOf(a) - rankOf(b) || b.count - a.count);
}

function rankOf({ check }: Cause): number {
  const [high, low] = [worst.indexOf(check), mildest.indexOf(check)];
  // Whatever is in neither list is in the middle: schemas, and the relations of the contract.
  return high === -1 ? worst.length + 1 + low : high;
}

/** A text in quotes, or the value of JSON that a message ends with. */
const quotes = /"(?:[^"\\]|\\.)*"|(?:, in )?[[{].*$/gs;
const codes = /"(?:code|title|statusCode)"\s*:\s*("[^"]*"|\d+)/g;

/** A message without what differs from one request to another. */
function kindOf(message: string): string {
  const told: string[] = [];
  const words = message.replaceAll(quotes, (text) => {
    if (text.startsWith('"')) return '"…"';
    // Of an answer that is quoted, what it says of itself.
    for (const [, value = ""] of text.matchAll(codes)) told.push(value);
    return "…";
  });
  const alike = words
    .replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi, "GUID")
    // Which keyword of which part is broken is one cause; in which member, an example of it.
    .replace(/ of \S+ \(/, " (")
    .replace(/^2\d\d /, "2XX ")
    .replaceAll(/\/\d+(?=\/|\s|$)/g, "/0")
    .replaceAll(/\d{4,}/g, "N");
  return `${alike.slice(0, 200)} ${told.join()}`;
}
