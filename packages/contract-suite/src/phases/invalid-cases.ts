import type { Contract } from "../contract/read-contract.ts";
import type { Case, Intent } from "../exchange/case.ts";
import { type Keyword, mutationsOf } from "./mutations-of.ts";
import { brokenTexts } from "./parameter-texts.ts";
import type { CaseMaker } from "./request-cases.ts";

type Invalid = Extract<Intent, { kind: "invalid" }>;

/** Requests that break one keyword in one place each: path, query, header, body or media type. */
export function invalidCases(contract: Contract, maker: CaseMaker): Case[] {
  return [
    ...brokenParameters(contract, maker),
    ...brokenBodies(contract, maker),
    ...brokenMediaTypes(maker),
    ...unacceptable(maker),
  ];
}

function brokenParameters(contract: Contract, { operation, make, textOf }: CaseMaker): Case[] {
  return operation.parameters.flatMap((parameter) => {
    const { name, in: place, required } = parameter;
    const id = (what: string | number) => `coverage/${operation.id}/${place}/${name}/${what}`;
    const intent = (...breaks: Keyword[]): Invalid => ({
      kind: "invalid",
      place,
      name,
      breaks,
    });
    const broken = brokenTexts(contract, parameter).map(({ text, breaks }, index) =>
      make(id(index), intent(...breaks), { texts: { [name]: text } }),
    );
    const isMissing = intent({ pointer: "", keyword: "required" });
    if (required && place !== "path") {
      broken.push(make(id("missing"), isMissing, { texts: { [name]: undefined } }));
    }
    if (place === "query") {
      // A value that is no list stands once.
      const text = textOf(parameter, id("twice"));
      const query: [string, string][] = [
        ...make("", isMissing, { texts: { [name]: undefined } }).draft.query,
        [name, text],
        [name, text],
      ];
      const twice = intent({ pointer: "", keyword: "repeated" });
      broken.push(make(id("twice"), twice, { more: { query } }));
    }
    return broken;
  });
}

function brokenBody(...breaks: Keyword[]): Invalid {
  return { kind: "invalid", place: "body", name: "body", breaks };
}

function brokenBodies(contract: Contract, { operation, make, body }: CaseMaker): Case[] {
  if (!operation.body) return [];
  const id = (what: string | number) => `coverage/${operation.id}/body/${what}`;
  const broken = Object.values(operation.body.content).flatMap(({ schema }) =>
    mutationsOf(contract, schema).map(({ value, breaks }, index) =>
      make(id(index), brokenBody(...breaks), { body: JSON.stringify(value) }),
    ),
  );
  const text = JSON.stringify(body);
  // Without its last digit, or with other quotes, a number is still JSON.
  const noJson = ["{", text.slice(0, -1), `${text},`, text.replaceAll('"', "'"), "\u0000"].filter(
    (spoiled) => !isJson(spoiled),
  );
  broken.push(
    ...noJson.map((spoiled, index) =>
      make(id(`json/${index}`), brokenBody({ pointer: "", keyword: "json" }), { body: spoiled }),
    ),
  );
  if (operation.body.required) {
    const missing = brokenBody({ pointer: "", keyword: "required" });
    broken.push(
      make(id("missing"), missing, { body: undefined }),
      make(id("empty"), missing, { body: "" }),
    );
  }
  return broken;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function brokenMediaTypes({ operation, make }: CaseMaker): Case[] {
  const known = Object.keys(operation.body?.content ?? {});
  if (known.length === 0) return [];
  const others = ["text/plain", "application/xml", "application/x-www-form-urlencoded", "json"];
  const intent: Invalid = {
    kind: "invalid",
    place: "mediaType",
    name: "Content-Type",
    breaks: [{ pointer: "", keyword: "mediaType" }],
  };
  return others
    .filter((type) => !known.includes(type))
    .map((type, index) =>
      make(`coverage/${operation.id}/mediaType/${index}`, intent, {
        headers: { "Content-Type": type },
      }),
    );
}

function unacceptable({ operation, make }: CaseMaker): Case[] {
  const types = ["application/xml", "text/csv, image/*;q=0.5", "application/json;q=0"];
  return types.map((Accept, index) =>
    make(
      `coverage/${operation.id}/accept/${index}`,
      { kind: "unacceptable" },
      { headers: { Accept } },
    ),
  );
}
