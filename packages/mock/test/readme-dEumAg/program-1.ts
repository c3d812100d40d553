import { startMock } from "@partner-qualifications/mock";

await using mock = await startMock({ clock: "manual" });
const url = `${mock.url}/v1/customers/11111111-2222-3333-4444-555555555555/qualifications`;
const headers = { Authorization: "Bearer any", "Content-Type": "application/json" };
const body = JSON.stringify({ qualification: "Education" });

const created = await fetch(url, { method: "POST", headers, body });
console.log((await created.json()).vettingStatus); // InReview
mock.advance("P5D"); // a vetting takes three business days
const [found] = await (await fetch(url, { headers })).json();
console.log(found.vettingStatus); // Approved
