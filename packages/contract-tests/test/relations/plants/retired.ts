import {
  bodies,
  body,
  customerOf,
  isOf,
  isTaken,
  request,
  stranger,
  watching,
  type Plant,
} from "./plant.ts";

export const retired: readonly Plant[] = [
  body("getQualification", "always none", () => "none"),
  body("getQualification", "a name as the newer call spells it", (name) =>
    name === "education" ? "Education" : name,
  ),
  watching("getQualification", "what is still in review", () => {
    const asked = new Set<string>();
    return (answer, one) => {
      if (isOf("requestQualification", one) && isTaken(answer)) asked.add(customerOf(one));
      const isKnown = isOf("getQualification", one) && asked.has(customerOf(one));
      return isKnown ? { body: '"education"' } : undefined;
    };
  }),
  watching("getQualification", "what was set for any customer", () => {
    let latest = "";
    return (answer, asked) => {
      if (isOf("setQualification", asked) && isTaken(answer)) latest = answer.body;
      return latest && isOf("getQualification", asked) ? { body: latest } : undefined;
    };
  }),
  bodies("getQualification", "every second read is none", () => {
    let count = 0;
    return (name) => (count++ % 2 === 1 ? name : "none");
  }),
  body("setQualification", "an answer of none", () => "none"),
  request("setQualification", "it sets it for another customer", (asked) => ({
    url: asked.url.replace(customerOf(asked), stranger.replace("2222-2222", "2222-aaaa")),
  })),
  request("setQualification", "1 is Government", (asked) =>
    asked.body === "1" ? { body: "3" } : undefined,
  ),
  watching(
    "setQualification",
    "a second time is accepted",
    () => (answer, asked) =>
      isOf("setQualification", asked) && answer.status === 409
        ? { status: 200, body: '"education"' }
        : undefined,
  ),
  watching(
    "setQualification",
    "Government needs no code",
    () => (answer, asked) =>
      isOf("setQualification", asked) && answer.body.includes('"3000"')
        ? { status: 200, body: '"governmentcommunitycloud"' }
        : undefined,
  ),
  watching("setQualification", "what it sets is in review", () => {
    const set = new Set<string>();
    return (answer, asked) => {
      if (isOf("setQualification", asked) && isTaken(answer)) set.add(customerOf(asked));
      if (!isOf("listQualifications", asked) || !set.has(customerOf(asked))) return undefined;
      return { body: answer.body.replaceAll('"Approved"', '"InReview"') };
    };
  }),
];
