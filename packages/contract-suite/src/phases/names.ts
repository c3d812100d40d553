/** The phases, in the order of the command's help. */
export const phaseNames = ["relations", "examples", "coverage", "fuzz", "stateful"] as const;

export type Phase = (typeof phaseNames)[number];
