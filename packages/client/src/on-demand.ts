import { ConnectionError } from "./errors/errors.ts";

/**
 * Returns a function that loads a part of the client when it is first needed, and returns the same part then.
 *
 * @throws {ConnectionError} When the part cannot be loaded. The next call tries again.
 */
export function onDemand<Part>(load: () => Promise<Part>): () => Promise<Part> {
  let part: Promise<Part> | undefined;
  return () =>
    (part ??= load().catch((cause: unknown) => {
      part = undefined;
      throw new ConnectionError(
        "A client module failed to load; call again to retry",
        {},
        { cause },
      );
    }));
}
