// Starts the mock whose built files are in the folder that is given, calls each operation once, and prints the answers.
// Plain JavaScript: the oldest Node does not strip types.

const { startMock } = await import(new URL("index.js", process.argv[2]).href);
const mock = await startMock({ clock: "manual", now: "2020-12-07T09:00:00Z", seed: 1 });
const id = "11111111-2222-3333-4444-555555555555";

/** @type {[string, string, unknown?][]} */
const requests = [
  ["GET", "/v1/customers?size=2"],
  ["GET", `/v1/customers/${id}`],
  ["POST", `/v1/customers/${id}/qualifications`, { qualification: "Education" }],
  ["POST", "/_mock/clock/advance", { by: "P3D" }],
  ["GET", `/v1/customers/${id}/qualifications`],
  ["HEAD", `/v1/customers/${id}/qualifications`],
  ["GET", `/v1/customers/${id}/qualification`],
  ["PUT", `/v1/customers/${id.replace("1", "2")}/qualification`, "education"],
  ["GET", "/v1/customers/all/validations"],
  ["GET", `/v1/customers/${id}/validationStatus?type=account`],
  ["GET", "/v1/auditrecords?size=2"],
  ["GET", "/_mock/clock"],
  ["PUT", "/_mock/clock", { mode: "manual" }],
  ["PUT", "/_mock/seed", { seed: 7 }],
  ["GET", "/_mock/test-customers"],
  ["PUT", "/_mock/test-customers", { id, summary: "Denied", education: "denied" }],
  ["POST", "/_mock/faults", [{ kind: "failure", status: 503 }, { kind: "longDate" }]],
  ["GET", "/_mock/faults"],
  ["GET", `/v1/customers/${id}/validationStatus?type=account#fails`],
  ["DELETE", "/_mock/faults"],
  ["PUT", "/_mock/scenario", { clock: "manual", now: "2020-12-07T09:00:00Z", reviewTime: "P1D" }],
  ["POST", "/_mock/reset"],
  ["GET", "/_mock/journal"],
  ["GET", "/_mock/openapi.yaml"],
];

/** @type {Record<string, { status: number, body: string }>} */
const answers = {};
for (const [method, path, body] of requests) {
  const response = await fetch(mock.url + path, {
    method,
    headers: { Authorization: "Bearer any", "Content-Type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  answers[`${method} ${path}`] = { status: response.status, body: await response.text() };
}
console.log(JSON.stringify(answers));
await mock.close();
