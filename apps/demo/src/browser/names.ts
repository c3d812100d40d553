const names: Record<string, string> = {
  Education: "Education",
  GovernmentCommunityCloud: "Government Community Cloud",
  StateOwnedEntity: "State-owned entity",
  InReview: "In review",
};

/** A value of the contract for people. One that is not known yet is shown as it is. */
export function nameOf(value: string): string {
  return names[value] ?? value;
}
