import type { CustomerQualification, QualificationRequest } from "@partner-qualifications/client";
import type { Review } from "../shared/messages.ts";
import { nameOf } from "./words.ts";

export type Wanted = QualificationRequest["qualification"];

/** A qualification on the page: what Partner Center lists, what the server follows, or both. */
export interface Card {
  qualification: string;
  /** `Sending` and `Not listed` are the page's own. */
  status: string | undefined;
  item: CustomerQualification | undefined;
  review: Review | undefined;
}

/** A qualification in the form. */
export interface Choice {
  wanted: Wanted;
  /** Why it cannot be requested now. */
  blocked?: string | undefined;
  /** It was denied: the reason, which may be empty. */
  denied?: string | undefined;
}

/** What the page shows below the qualifications: exactly one of these. */
export type RequestState =
  /** An open form. */
  | { kind: "form"; choices: Choice[] }
  /** Something is under way or held; a button opens the form. */
  | { kind: "offer"; choices: Choice[] }
  | { kind: "closed"; why: string };

const all: Wanted[] = ["Education", "GovernmentCommunityCloud", "StateOwnedEntity"];
/** Education and Government Community Cloud exclude each other. */
const excludes: Partial<Record<Wanted, Wanted>> = {
  Education: "GovernmentCommunityCloud",
  GovernmentCommunityCloud: "Education",
};

/** Returns the qualifications to show. */
export function cardsOf(listed: CustomerQualification[], reviews: Review[]): Card[] {
  const names = new Set(
    [...listed, ...reviews].map(({ qualification }) => qualification as string),
  );
  return [...names].map((qualification) => {
    const item = listed.find((one) => one.qualification === qualification);
    const review = reviews.find((one) => one.qualification === qualification);
    const isSending = review?.state === "sending";
    const known = item ? item.vettingStatus : "Not listed";
    return { qualification, item, review, status: isSending ? "Sending" : known };
  });
}

/** Returns which of the three the page shows, from the qualifications alone. */
export function requestStateOf(cards: Card[]): RequestState {
  const sending = cards.find(({ status }) => status === "Sending");
  if (sending)
    return {
      kind: "closed",
      why: "You can request another qualification when this request has ended.",
    };
  const standing = cards.filter(({ item, status }) => item && status !== "Denied");
  const isHeld = (wanted: Wanted | undefined) =>
    standing.some(({ qualification }) => qualification === wanted);
  const choices = all.map((wanted): Choice => {
    const own = standing.find(({ qualification }) => qualification === wanted);
    if (own) return { wanted, blocked: own.status === "InReview" ? "In review" : "Recognized" };
    const other = excludes[wanted];
    if (isHeld(other))
      return { wanted, blocked: `Cannot be combined with ${nameOf(String(other))}` };
    const denial = cards.find((one) => one.qualification === wanted && one.status === "Denied");
    return { wanted, denied: denial && (denial.item?.vettingReason ?? "") };
  });
  if (choices.every(({ blocked }) => blocked)) {
    return { kind: "closed", why: "This customer cannot have another qualification." };
  }
  return { kind: standing.length > 0 ? "offer" : "form", choices };
}
