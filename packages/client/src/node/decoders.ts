import { pipeline, type Duplex } from "node:stream";
import * as zlib from "node:zlib";

type Step = Duplex | ((source: AsyncIterable<Buffer>) => AsyncGenerator<Buffer, void>);

// Decodes a truncated body as far as it goes, as browsers do.
const zlibOptions = {
  flush: zlib.constants.Z_SYNC_FLUSH,
  finishFlush: zlib.constants.Z_SYNC_FLUSH,
};
const brotliOptions = {
  flush: zlib.constants.BROTLI_OPERATION_FLUSH,
  finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH,
};

const byCoding: Record<string, (() => Step) | undefined> = {
  gzip: () => zlib.createGunzip(zlibOptions),
  "x-gzip": () => zlib.createGunzip(zlibOptions),
  deflate: () => inflate,
  br: () => zlib.createBrotliDecompress(brotliOptions),
};

/** More codings than any server applies. Each multiplies the work. */
const mostCodings = 5;

/**
 * Returns the decoders for a `Content-Encoding`, in the order in which they apply.
 *
 * @returns None if a coding is unknown: `fetch` does not decode such a body.
 * @throws {TypeError} For more than five codings.
 */
export function decoders(encoding: string | null): Step[] {
  const codings = (encoding ?? "")
    .toLowerCase()
    .split(",")
    .map((coding) => coding.trim())
    .filter((coding) => coding !== "" && coding !== "identity");
  if (codings.length > mostCodings) {
    throw new TypeError(
      `The body has ${codings.length} content codings; at most ${mostCodings} are decoded`,
    );
  }
  const makers = codings.map((coding) => byCoding[coding]);
  return makers.includes(undefined) ? [] : makers.toReversed().map((make) => make!());
}

/** Some servers send raw `deflate`, without the header of zlib. */
async function* inflate(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  const chunks = source[Symbol.asyncIterator]();
  const { value: first } = (await chunks.next()) as { value?: Buffer };
  if (!first) return;
  const hasHeader = (first[0]! & 0x0f) === 8;
  const inflater = hasHeader ? zlib.createInflate(zlibOptions) : zlib.createInflateRaw(zlibOptions);
  const all = async function* () {
    yield first;
    yield* { [Symbol.asyncIterator]: () => chunks };
  };
  pipeline(all, inflater, () => {});
  yield* inflater;
}
