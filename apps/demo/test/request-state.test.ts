import type { CustomerQualification } from "@partner-qualifications/client";
import { expect, test } from "vitest";
import { cardsOf, requestStateOf } from "../src/browser/request-state.ts";
import type { Review } from "../src/shared/messages.ts";

const [Education, GovernmentCommunityCloud, StateOwnedEntity] = [
  "Education",
  "GovernmentCommunityCloud",
  "StateOwnedEntity",
] as const;
const review = (state: Review["state"]): Review => ({
  customerId: "22222222-2222-3333-4444-555555555555",
  qualification: Education,
  requestId: "aaaaaaaa-1111-4000-8000-000000000001",
  state,
  polls: 0,
  timeline: [],
});

/** The state in words, with what can be requested. */
function stateOf(listed: CustomerQualification[], ...reviews: Review[]): string {
  const state = requestStateOf(cardsOf(listed, reviews));
  if (state.kind === "closed") return state.why;
  const open = state.choices.filter(({ blocked }) => !blocked);
  const words = open.map(
    ({ wanted, denied }) => wanted + (denied === undefined ? "" : ` again: ${denied}`),
  );
  return `${state.kind}: ${words.join(", ")}`;
}

test.each<[string, CustomerQualification[], string]>([
  ["nothing", [], "form: Education, GovernmentCommunityCloud, StateOwnedEntity"],
  [
    "Education in review",
    [{ qualification: Education, vettingStatus: "InReview" }],
    "offer: StateOwnedEntity",
  ],
  [
    "an unknown status",
    [{ qualification: Education, vettingStatus: "Postponed" }],
    "offer: StateOwnedEntity",
  ],
  [
    "Education denied",
    [{ qualification: Education, vettingStatus: "Denied", vettingReason: "No school" }],
    "form: Education again: No school, GovernmentCommunityCloud, StateOwnedEntity",
  ],
  [
    "Education denied and Government Community Cloud held",
    [
      { qualification: Education, vettingStatus: "Denied" },
      { qualification: GovernmentCommunityCloud, vettingStatus: "Approved" },
    ],
    "offer: StateOwnedEntity",
  ],
  [
    "a state-owned entity",
    [{ qualification: StateOwnedEntity }],
    "offer: Education, GovernmentCommunityCloud",
  ],
  [
    "all that is possible",
    [{ qualification: StateOwnedEntity }, { qualification: Education, vettingStatus: "Approved" }],
    "This customer cannot have another qualification.",
  ],
])("offers the qualifications available to a customer with %s", (_, listed, expected) => {
  expect(stateOf(listed)).toBe(expected);
});

test("offers nothing while a request is being sent", () => {
  const why = "You can request another qualification when this request has ended.";
  expect(stateOf([], review("sending"))).toBe(why);
  const denied = { qualification: Education, vettingStatus: "Denied" } as const;
  expect(stateOf([denied], review("sending"))).toBe(why);
});

test("shows a followed review missing from Partner Center's list", () => {
  expect(cardsOf([], [review("following")])).toMatchObject([{ status: "Not listed" }]);
});
