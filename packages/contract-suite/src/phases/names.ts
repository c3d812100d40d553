/** The phases, in the order in which the command lists them. */
export const phaseNames = ["relations", "examples", "coverage", "fuzz", "stateful"] as const;

export type Phase = (typeof phaseNames)[number];
