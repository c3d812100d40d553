import {
  bodies,
  body,
  bodyOf,
  customerOf,
  day,
  isOf,
  isTaken,
  request,
  stranger,
  watching,
  withQuery,
  type Plant,
  type Value,
} from "./plant.ts";

export const qualifications: readonly Plant[] = [
  body("listQualifications", "only the first of several", (list) => list.slice(0, 1)),
  body("listQualifications", "each qualification twice", (list) => [...list, ...list]),
  watching("listQualifications", "the latest request of any customer", () => {
    let latest: Value;
    return (answer, asked) => {
      if (isOf("requestQualification", asked) && isTaken(answer)) latest = bodyOf(answer);
      const isEmpty = isOf("listQualifications", asked) && answer.body === "[]";
      return isEmpty && latest ? { body: JSON.stringify([latest]) } : undefined;
    };
  }),
  body("listQualifications", "a state-owned entity is vetted", (list) =>
    list.map((one: Value) =>
      one.qualification === "StateOwnedEntity" ? { ...one, vettingStatus: "Approved" } : one,
    ),
  ),
  body("listQualifications", "a reason without a denial", (list) =>
    list.map((one: Value) =>
      one.vettingStatus === "InReview" ? { ...one, vettingReason: "Not an Academic Domain" } : one,
    ),
  ),
  body("listQualifications", "what is in review is approved", (list) =>
    list.map((one: Value) =>
      one.vettingStatus === "InReview" ? { ...one, vettingStatus: "Approved" } : one,
    ),
  ),
  body("listQualifications", "a date one day later than the request", (list) =>
    list.map((one: Value) => {
      if (!one.vettingCreateDate) return one;
      const date = new Date(Date.parse(one.vettingCreateDate) + day).toISOString();
      return { ...one, vettingCreateDate: date };
    }),
  ),
  body("listQualifications", "always empty", () => []),
  body("listQualifications", "Education shows as Nonprofit", (list) =>
    list.map((one: Value) =>
      one.qualification === "Education" ? { ...one, qualification: "Nonprofit" } : one,
    ),
  ),
  bodies("listQualifications", "every second read is empty", () => {
    let count = 0;
    return (list) => (count++ % 2 === 0 ? list : []);
  }),
  body("listQualifications", "None represents no qualification", (list) =>
    list.length === 0 ? [{ qualification: "None" }] : list,
  ),
  request("listQualifications", "one customer's list for all", (asked) => ({
    url: asked.url.replace(customerOf(asked), stranger),
  })),
  body("requestQualification", "Education whatever was requested", (one) => ({
    ...one,
    qualification: "Education",
  })),
  body("requestQualification", "Education approved at once", (one) =>
    one.qualification === "Education" ? { ...one, vettingStatus: "Approved" } : one,
  ),
  body("requestQualification", "Government in review", (one) =>
    one.qualification === "GovernmentCommunityCloud" ? { ...one, vettingStatus: "InReview" } : one,
  ),
  body("requestQualification", "a date a year ago", (one) =>
    one.vettingCreateDate ? { ...one, vettingCreateDate: "2020-12-04T20:54:24Z" } : one,
  ),
  watching("requestQualification", "a state-owned entity is in review", () => (answer, asked) => {
    if (!isOf("requestQualification", asked) || !isTaken(answer)) return undefined;
    const one = bodyOf(answer);
    if (one.qualification !== "StateOwnedEntity") return undefined;
    return { body: JSON.stringify({ ...one, vettingStatus: "InReview" }) };
  }),
  watching(
    "requestQualification",
    "a second request is accepted",
    () => (answer, asked) =>
      isOf("requestQualification", asked) && answer.status === 409
        ? { status: 201, body: JSON.stringify({ qualification: bodyOf(asked).qualification }) }
        : undefined,
  ),
  watching(
    "requestQualification",
    "the first request is a conflict",
    () => (answer, asked) =>
      isOf("requestQualification", asked) && isTaken(answer)
        ? { status: 409, body: '{"code":"800002","description":"The customer has it already."}' }
        : undefined,
  ),
  watching(
    "requestQualification",
    "any validation code is accepted",
    () => (answer, asked) =>
      isOf("requestQualification", asked) && answer.body.includes('"3000"')
        ? {
            status: 201,
            body: '{"qualification":"GovernmentCommunityCloud","vettingStatus":"Approved"}',
          }
        : undefined,
  ),
  request("requestQualification", "the code in the query is ignored", (asked) =>
    withQuery(asked, (query) => query.delete("code")),
  ),
  request(
    "requestQualification",
    "the code in the query wins over another in the body",
    (asked) => {
      const code = new URL(asked.url, "http://service").searchParams.get("code");
      const wanted = asked.body.startsWith("{") ? bodyOf(asked) : undefined;
      if (!code || !wanted?.validationCode) return undefined;
      const text = JSON.stringify({ ...wanted, validationCode: code });
      return { body: text, headers: { ...asked.headers, "content-length": String(text.length) } };
    },
  ),
  watching("requestQualification", "a refused request is kept", () => {
    const kept = new Map<string, Value>();
    return (answer, asked) => {
      if (isOf("requestQualification", asked) && answer.status === 400) {
        kept.set(customerOf(asked), { qualification: "Nonprofit", vettingStatus: "InReview" });
      }
      const own = kept.get(customerOf(asked));
      return own && isOf("listQualifications", asked) && isTaken(answer)
        ? { body: JSON.stringify([...bodyOf(answer), own]) }
        : undefined;
    };
  }),
  watching("requestQualification", "a new qualification takes the place of another", () => {
    const latest = new Map<string, Value>();
    return (answer, asked) => {
      if (isOf("requestQualification", asked) && isTaken(answer)) {
        latest.set(customerOf(asked), bodyOf(answer));
      }
      const own = latest.get(customerOf(asked));
      return own && isOf("listQualifications", asked) ? { body: JSON.stringify([own]) } : undefined;
    };
  }),
  request("requestQualification", "the request is about another customer", (asked) => {
    const id = customerOf(asked);
    return {
      url: asked.url.replace(
        id,
        id.replace(/^./, (one) => (one === "0" ? "1" : "0")),
      ),
    };
  }),
];
