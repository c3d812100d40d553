/** Why a mutant gets by the suite. */
export interface KnownSurvivor {
  /**
   * `equivalent`: nobody outside could tell it from the original, so no test can. `survivor`: somebody
   * could, and the suite does not.
   */
  is: "equivalent" | "survivor";
  why: string;
}

/** Each mutant that is known to get by, by its id. One that no longer does is reported. */
export const knownSurvivors: Record<string, KnownSurvivor> = {};
