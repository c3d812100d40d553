import type { Failure } from "../exchange/exchange.ts";

/** Failures with one cause: the same check and reason. */
export interface Cause {
  check: string;
  /** The failure with the shortest request. */
  example: Failure;
  count: number;
  /** Operations where it occurred. */
  operations: string[];
}

/** The worst first: server errors, then accepted invalid requests, then wrong responses. */
const worst = [
  "not_a_server_error",
  "ignored_auth",
  "missing_required_header",
  "negative_data_rejection",
  "idempotent_replay",
  "stateful_model",
];
/** Violations of the letter of the contract that rarely affect users. */
const mildest = [
  "positive_data_acceptance",
  "status_code_conformance",
  "content_type_conformance",
  "response_headers_conformance",
  "unsupported_method",
  "allow_header_conformance",
  "max_response_time",
];

/** Groups failures by cause, the worst first, then the most frequent. */
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
  // Checks in neither list are in the middle: schemas and the contract's relations.
  return high === -1 ? worst.length + 1 + low : high;
}

/** A text in quotes, or the JSON value at the end of a message. */
const quotes = /"(?:[^"\\]|\\.)*"|(?:, in )?[[{].*$/gs;
const codes = /"(?:code|title|statusCode)"\s*:\s*("[^"]*"|\d+)/g;

/** Reduces a message to the part that is the same for all requests. */
function kindOf(message: string): string {
  const codesFound: string[] = [];
  const words = message.replaceAll(quotes, (text) => {
    if (text.startsWith('"')) return '"…"';
    // From a quoted response, keep its own error.
    for (const [, value = ""] of text.matchAll(codes)) codesFound.push(value);
    return "…";
  });
  const alike = words
    .replaceAll(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi, "GUID")
    // The keyword and part identify the cause; the member is an example.
    .replace(/ of \S+ \(/, " (")
    .replace(/^2\d\d /, "2XX ")
    .replaceAll(/\/\d+(?=\/|\s|$)/g, "/0")
    .replaceAll(/\d{4,}/g, "N");
  return `${alike.slice(0, 200)} ${codesFound.join()}`;
}
