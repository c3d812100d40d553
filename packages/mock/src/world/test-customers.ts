import type { CustomerFaults } from "../faults/fault.ts";
import type { CustomerBehavior } from "../simulator/customer-behavior.ts";
import type { Rate } from "./throttle.ts";

/**
 * A customer with special behavior, like the test cards of a payment provider.
 *
 * A scenario file has the same members; `control.openapi.yaml` describes them.
 */
export interface TestCustomer extends CustomerBehavior, CustomerFaults {
  /** Its tenant id, a GUID in lower case. */
  id: string;
  /** Its behavior in a few words, shown beside the name. */
  summary: string;
  /**
   * Its name in the customer list.
   *
   * @default the name of the replaced customer, otherwise `Customer` and the beginning of the id
   */
  companyName?: string;
  /** Its own rate, even if no other customer is throttled. */
  throttle?: Rate;
}

const id = (end: string) => `00000000-0000-4000-8000-${end.padStart(12, "0")}`;

/** A company for each denial reason, from Microsoft's examples or similar. */
const denials = {
  "Not an Education Customer": "Fourth Coffee",
  "No longer an Education Customer": "Coho Evening School",
  "Not an Education Customer - After Review": "Proseware Tutoring",
  "Restricted being an Education Customer": "Wingtip Test Prep",
  "Not an Academic Domain": "Lamna Online Academy",
  "Not an eligible Library": "Margie's Reading Room",
  "Not an eligible Museum": "Tailspin Toy Museum",
};

/** The customers with special behavior; add new ones here. Any other GUID is an ordinary customer. */
export const testCustomers: readonly TestCustomer[] = [
  {
    id: id("a1"),
    companyName: "Bellows College",
    summary: "Education is approved",
    education: "approved",
  },
  ...Object.entries(denials).map(([vettingReason, companyName], index): TestCustomer => ({
    id: id(`de0${index + 1}`),
    companyName,
    summary: index === 0 ? "Education is denied" : `Education is denied: ${vettingReason}`,
    education: "denied",
    vettingReason,
  })),
  {
    id: id("de10"),
    companyName: "Trey Research Institute",
    summary: "Education stays in review",
    education: "undecided",
  },
  {
    id: id("de12"),
    companyName: "School of Fine Art",
    summary: "Education is approved, then revoked after 30 days",
    education: "revoked",
    vettingReason: "No longer an Education Customer",
    revokedAfter: "P30D",
  },
  {
    id: id("cc01"),
    companyName: "Woodgrove County",
    summary: "Already has Government Community Cloud",
    holds: ["GovernmentCommunityCloud"],
  },
  {
    id: id("cc02"),
    companyName: "Northwind Water Board",
    summary: "Every validation code is exhausted",
    validationCodesExhausted: true,
  },
  {
    id: id("403"),
    summary: "Belongs to another partner",
    refusal: {
      status: 403,
      code: 20002,
      description: "No relationship between caller and account.",
    },
  },
  {
    id: id("404"),
    summary: "The tenant does not exist",
    refusal: { status: 404, code: "60003", description: "Tenant not found" },
  },
  {
    id: id("800073"),
    companyName: "Relecloud",
    summary: "The account is under review: reads work, writes fail",
    accountStatus: "UnderReview",
    refusal: {
      status: 403,
      code: "800073",
      description: "The customer account is under review.",
      only: "writes",
    },
  },
  {
    id: id("900150"),
    companyName: "Humongous Insurance",
    summary: "The user's role is insufficient for writes",
    refusal: {
      status: 403,
      code: "900150",
      description: "The supplied role does not have the rights to perform the requested operation",
      only: "writes",
    },
  },
  {
    id: id("429"),
    companyName: "Graphic Design Institute",
    summary: "Requests are throttled after two in four seconds",
    throttle: { requests: 2, per: "PT4S" },
  },
  ...Object.entries({
    500: "Munson's Pickles and Preserves Farm",
    502: "Adventure Works Cycles",
    503: "VanArsdel",
  }).map(([status, companyName]): TestCustomer => ({
    id: id(status),
    companyName,
    summary: `Two requests fail with ${status}, then one succeeds, and so on`,
    burst: { status: Number(status), length: 2 },
  })),
  {
    id: id("f001"),
    companyName: "Alpine Ski House",
    summary: "Replies after three seconds",
    faults: [{ kind: "latency", delay: "PT3S" }],
  },
  {
    id: id("f002"),
    companyName: "Blue Yonder Airlines",
    summary: "The reply to a write is lost; a repeated request gets one",
    faults: [{ kind: "reset", only: "writes" }],
  },
  {
    id: id("f003"),
    companyName: "Consolidated Messenger",
    summary: "Replies begin with a byte order mark",
    faults: [{ kind: "byteOrderMark" }],
  },
  {
    id: id("f004"),
    companyName: "A. Datum Corporation",
    summary: "The date's name is vettingCreatedDate",
    faults: [{ kind: "createdDate" }],
  },
  {
    id: id("f005"),
    companyName: "Southridge Video",
    summary: "The date has seven fractional digits and an offset",
    faults: [{ kind: "longDate" }],
  },
  {
    id: id("f006"),
    companyName: "The Phone Company",
    summary: "Qualifications are wrapped in an object",
    faults: [{ kind: "wrapper" }],
  },
  {
    id: id("f007"),
    companyName: "Lucerne Publishing",
    summary: "Replies are cut off in the middle",
    faults: [{ kind: "truncated" }],
  },
  {
    id: id("f008"),
    companyName: "Wide World Importers",
    summary: "Replies are an HTML error page with 502",
    faults: [{ kind: "htmlPage" }],
  },
];
