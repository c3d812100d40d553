import type { Contract } from "@partner-qualifications/spec/model";
import type { Case, Intent } from "../exchange/exchange.ts";
import type { MockControl, MockInfo } from "../exchange/mock-control.ts";
import { boundariesOf } from "../schema-cases/boundaries-of.ts";
import { type Keyword, mutationsOf } from "../schema-cases/mutations-of.ts";
import { brokenTexts, validTexts } from "../schema-cases/parameter-texts.ts";
import type { CaseMaker } from "./request-cases.ts";

/**
 * Creates valid requests: a minimal and a complete one, each parameter at each of its boundaries, and
 * the body at each of its boundaries.
 */
export function validCases(maker: CaseMaker): Case[] {
  const { schemas, operation, make, textOf, values } = maker;
  const base = `coverage/${operation.id}/valid`;
  const valid = { kind: "valid" } as const;
  const free = operation.parameters.filter(({ name }) => !(name in values));
  const edges = free.flatMap((parameter) =>
    validTexts(schemas, parameter).map((text, index) =>
      make(`${base}/${parameter.name}/${index}`, valid, { texts: { [parameter.name]: text } }),
    ),
  );
  const bodies = Object.values(operation.body?.content ?? {}).flatMap(({ schema }) =>
    boundariesOf(schemas, schema).map((value, index) =>
      make(`${base}/body/${index}`, valid, { body: JSON.stringify(value) }),
    ),
  );
  const all = `${base}/all`;
  const texts = Object.fromEntries(operation.parameters.map((one) => [one.name, textOf(one, all)]));
  return [make(`${base}/least`, valid), make(all, valid, { texts }), ...edges, ...bodies];
}

type Invalid = Extract<Intent, { kind: "invalid" }>;

/** Creates requests that violate one keyword in one place: path, query, header, body or media type. */
export function invalidCases(maker: CaseMaker): Case[] {
  return [
    ...brokenParameters(maker),
    ...brokenBodies(maker),
    ...brokenMediaTypes(maker),
    ...unacceptable(maker),
  ];
}

function brokenParameters({ schemas, operation, make, textOf }: CaseMaker): Case[] {
  return operation.parameters.flatMap((parameter) => {
    const { name, in: place, required } = parameter;
    const id = (what: string | number) => `coverage/${operation.id}/${place}/${name}/${what}`;
    const intent = (...breaks: Keyword[]): Invalid => ({
      kind: "invalid",
      place,
      name,
      breaks,
    });
    const broken = brokenTexts(schemas, parameter).map(({ text, breaks }, index) =>
      make(id(index), intent(...breaks), { texts: { [name]: text } }),
    );
    const isMissing = intent({ pointer: "", keyword: "required" });
    if (required && place !== "path") {
      broken.push(make(id("missing"), isMissing, { texts: { [name]: undefined } }));
    }
    if (place === "query") {
      // A value that is not a list appears once.
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

function brokenBodies({ schemas, operation, make, body }: CaseMaker): Case[] {
  if (!operation.body) return [];
  const id = (what: string | number) => `coverage/${operation.id}/body/${what}`;
  const broken = Object.values(operation.body.content).flatMap(({ schema }) =>
    mutationsOf(schemas, schema).map(({ value, breaks }, index) =>
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

const methods = ["GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "TRACE"];

/** Creates one request for each method that the operation's path lacks. */
export function methodCases({ operations }: Contract, { operation, make }: CaseMaker): Case[] {
  const known = operations
    .filter(({ path }) => path === operation.path)
    .map(({ method }) => method);
  return methods
    .filter((method) => !known.includes(method))
    .map((method) =>
      make(
        `coverage/${operation.id}/method/${method}`,
        { kind: "method" },
        { body: undefined, more: { method } },
      ),
    );
}

/** Creates requests without a token, with an invalid one, and with one of each kind. */
export function tokenCases(
  { operation, make }: CaseMaker,
  { mock, control }: { mock?: MockInfo | undefined; control?: MockControl | undefined },
): Case[] {
  if (operation.security.length === 0) return [];
  const base = `coverage/${operation.id}/token`;
  const bad = [
    "Basic dXNlcjpwYXNzd29yZA==",
    "Bearer",
    // The mock accepts any token without a special meaning.
    ...(mock?.badTokens ?? ["not-a-token"]).map((token) => `Bearer ${token}`),
  ];
  return [
    make(`${base}/none`, { kind: "withoutToken" }, { more: { token: { none: true } } }),
    ...bad.map((authorization, index) =>
      make(`${base}/bad/${index}`, { kind: "badToken" }, { more: { token: { authorization } } }),
    ),
    ...Object.entries(control?.tokens ?? {}).map(([scheme, token]) =>
      make(
        `${base}/${scheme}`,
        {
          kind: "tokenKind",
          scheme,
          isTaken: operation.security.some(({ name }) => name === scheme),
        },
        { more: { token: { authorization: `Bearer ${token}` } } },
      ),
    ),
  ];
}
