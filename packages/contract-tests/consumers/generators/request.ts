// What the programs of the generated clients share: the mock's address, the request's headers, and one line of output.

export const baseUrl = process.env.MOCK_URL ?? "";
/** Each request is for another customer, since the mock accepts a second one only after the first has ended. */
export const customerId: string = crypto.randomUUID();
export const headers = {
  Authorization: "Bearer a-token",
  "Content-Type": "application/json",
  "MS-RequestId": crypto.randomUUID(),
};

export function print(status: Promise<unknown>): void {
  status.then(
    (value) => console.log(value),
    (error: unknown) => console.log(error),
  );
}
