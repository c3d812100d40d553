// A partner's view of one customer's qualifications: the rules, not the implementation.

export type Qualification = "Education" | "GovernmentCommunityCloud" | "StateOwnedEntity";

export interface Item {
  qualification: string;
  vettingStatus?: string;
  vettingReason?: string;
  vettingCreateDate?: string;
}

/** The known state of one customer. */
export interface Customer {
  id: string;
  /** The outcome of its Education vettings. */
  education: "approved" | "denied" | "undecided";
  /** As last seen. */
  items: Item[];
  educationRequests: number;
}

export interface Model {
  customers: Customer[];
  /** Remaining uses of the validation code. */
  codeUses: number;
  /** In milliseconds. */
  now: number;
}

const hour = 3_600_000;

/** A14: three business days are at least three days, and at most six with a weekend. */
const undecidedFor = 72 * hour;
const decidedAfter = 6 * 24 * hour;

/** Returns the status that the rules demand for a request (A7, A8, A9, A20). */
export function expectedStatus(
  { codeUses }: Model,
  { items, educationRequests }: Customer,
  wanted: Qualification,
): number {
  const standing = items
    .filter(({ vettingStatus }) => vettingStatus !== "Denied")
    .map(({ qualification }) => qualification);
  if (standing.includes(wanted)) return 409;
  const excluded = wanted === "Education" ? "GovernmentCommunityCloud" : "Education";
  if (wanted !== "StateOwnedEntity" && standing.includes(excluded)) return 409;
  if (wanted === "Education" && educationRequests >= 3) return 409;
  if (wanted === "GovernmentCommunityCloud" && codeUses === 0) return 400;
  return 201;
}

/** Records an accepted request. */
export function recordRequest(model: Model, customer: Customer, wanted: Qualification): void {
  const others = customer.items.filter(({ qualification }) => qualification !== wanted);
  const vettingCreateDate = new Date(model.now).toISOString();
  const vettingStatus = wanted === "Education" ? "InReview" : "Approved";
  const vetting = wanted === "StateOwnedEntity" ? {} : { vettingStatus, vettingCreateDate };
  customer.items = [...others, { qualification: wanted, ...vetting }];
  if (wanted === "Education") customer.educationRequests++;
  if (wanted === "GovernmentCommunityCloud") model.codeUses--;
}

/** Returns why a list contradicts the model; undefined if it does not. */
export function whyImpossible(model: Model, customer: Customer, list: Item[]): string | undefined {
  const names = (items: Item[]) =>
    items
      .map(({ qualification }) => qualification)
      .toSorted()
      .join();
  if (names(list) !== names(customer.items)) {
    return `the customer has [${names(list)}], not [${names(customer.items)}]`;
  }
  for (const known of customer.items) {
    const shown = list.find(({ qualification }) => qualification === known.qualification);
    const possible = possibleStates(model, customer, known);
    if (!possible.includes(shown?.vettingStatus)) {
      return `${known.qualification} is ${shown?.vettingStatus}, not ${possible.join(" or ")}`;
    }
    const [shownAt, knownAt] = [shown, known].map((item) =>
      Date.parse(item?.vettingCreateDate ?? ""),
    );
    if (!Object.is(shownAt, knownAt)) {
      return `${known.qualification} was requested at ${known.vettingCreateDate} but shows ${shown?.vettingCreateDate}`;
    }
  }
  return undefined;
}

function possibleStates(
  { now }: Model,
  { education }: Customer,
  { qualification, vettingStatus, vettingCreateDate }: Item,
): (string | undefined)[] {
  if (qualification !== "Education" || vettingStatus !== "InReview") return [vettingStatus];
  const age = now - Date.parse(vettingCreateDate ?? "");
  const end = education === "approved" ? "Approved" : "Denied";
  if (education === "undecided" || age < undecidedFor) return ["InReview"];
  return age >= decidedAfter ? [end] : ["InReview", end];
}
