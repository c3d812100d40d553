/** The exchange of all measurements. */
export const customerId = "11111111-2222-3333-4444-555555555555";
export const path = `/v1/customers/${customerId}/qualifications`;

export const requested = {
  qualification: "Education",
  educationSegment: "K12",
  website: "example.edu",
} as const;

const item = {
  qualification: "Education",
  vettingStatus: "InReview",
  vettingCreateDate: "2020-12-04T20:54:24Z",
};

export type Method = "GET" | "POST";
export const methods: Method[] = ["GET", "POST"];
export const answers: Record<Method, { status: number; text: string }> = {
  GET: { status: 200, text: JSON.stringify([item]) },
  POST: { status: 201, text: JSON.stringify(item) },
};
