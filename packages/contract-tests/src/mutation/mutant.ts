/** What is broken on purpose. */
export type Part = "simulator" | "contract" | "client";

/** A planted defect: one change to one built file. */
export interface Mutant {
  /** The same as long as the place in the built file reads the same. */
  id: string;
  part: Part;
  /** Who chose the place. */
  by: "rule" | "hand";
  /** What is wrong, in a few words. */
  defect: string;
  /** Where, for people. */
  place: string;
  /** The file in a copy, from its root. */
  file: string;
  /**
   * Plants the defect.
   *
   * @throws {PatchError} When its place is no longer there.
   */
  patch: (text: string) => string;
}

/** A patch that no longer finds its place: the built code has changed, and the patch must follow. */
export class PatchError extends Error {
  override readonly name = "PatchError";

  constructor(defect: string, why: string) {
    super(`The patch no longer applies: ${defect} (${why})`);
  }
}
