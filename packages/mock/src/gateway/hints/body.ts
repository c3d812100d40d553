import { nearest } from "@partner-qualifications/command-options";

// Suggestions for rejected bodies. Several of Microsoft's pages print forms that the contract rejects;
// each message names the page's form and the valid one. spec/printed-forms.yaml lists the forms.

/** A valid form of a rejected body, and the changes that lead to it. */
interface Meant {
  body: unknown;
  notes: string[];
}

/** By their numbers in the .NET SDK's enumeration. */
const qualifications = [
  "None",
  "Education",
  "Nonprofit",
  "GovernmentCommunityCloud",
  "StateOwnedEntity",
];
/** Printed forms are short; searching a long text would take too long. */
const longest = 4096;
const hasBody = ["requestQualification", "setQualification"];
const members = ["qualification", "educationSegment", "website", "validationCode"];
const segments = ["K12", "HigherEducation"];

const sources = {
  integer: "The 2020 guides describe the integer of the enumeration (C6).",
  bareString: "A bare string is the body of the retired PUT (C6).",
  noBody: "The 2020 guide prints no body (C6).",
  brackets: "The change log prints brackets around it (C7).",
  capitals: 'The 2021 guide prints "Qualification"; names are in camelCase (C8).',
  lowerCase: "The 2021 C# examples and the retired calls use lower case (C9).",
  underscores:
    "The official Swagger and the C# converter write government with underscores, the retired calls in one word (C10).",
  answer: "The official Swagger uses the response's model; a request has no vetting members.",
  codeInBody: "In the body, the code is called validationCode; in the query, code (C5).",
  codeNumber:
    "The tables of the 2020 and 2021 guides call the code an int; it is a string (C5b, C14).",
  object: "The retired PUT expects one value, not an object (C6).",
  notPrintedJson:
    "The pages print comments, trailing commas and typographic quotes, which are not JSON.",
};

/**
 * Suggests a valid form of a rejected qualification request, and names the source of the invalid one.
 *
 * @param text The body as received.
 * @param value The body as JSON; undefined if it is missing or invalid.
 * @param hasCode Whether the query has a validation code.
 * @param accepts Whether the operation accepts a body.
 * @returns One or more sentences; undefined for an unknown form.
 */
export function hintForBody(
  operationId: string,
  text: string,
  value: unknown,
  hasCode: boolean,
  accepts: (body: unknown) => boolean,
): string | undefined {
  if (!hasBody.includes(operationId) || text.length > longest) return undefined;
  const read = value === undefined ? repaired(text, hasCode) : { body: value, notes: [] };
  if (!read) return undefined;
  const meant = operationId === "setQualification" ? meantValue(read) : meantObject(read);
  const { body, notes } = meant;
  if (notes.length === 0) return undefined;
  const sentences = [...new Set(notes)].join(" ");
  return accepts(body) ? `${sentences} Send ${JSON.stringify(body)}` : sentences;
}

/** Media types that the official Swagger lists beside application/json. */
const swaggerTypes = /^(text\/json|(application|text)\/xml|application\/x-www-form-urlencoded)\b/i;

/** Returns an addition to the refusal of a media type; undefined if no source mentions the type. */
export function hintForType(contentType = ""): string | undefined {
  if (!swaggerTypes.test(contentType)) return undefined;
  return "The official Swagger lists this type, but no guide, SDK or recording uses it (A11)";
}

/** Repairs text that is nearly JSON, or missing. */
function repaired(text: string, hasCode: boolean): Meant | undefined {
  if (text.trim() === "") {
    const qualification = hasCode ? "GovernmentCommunityCloud" : "Education";
    return { body: { qualification }, notes: [sources.noBody] };
  }
  if (/^[A-Za-z_]+$/.test(text.trim())) return { body: text.trim(), notes: [] };
  const notes: string[] = [];
  const plain = text
    .replaceAll(/[\u201C\u201D\u201E]/g, '"')
    .replaceAll(/\/\/[^\n"]*$/gm, "")
    .replaceAll(/,(?=\s*[}\]])/g, "");
  if (plain !== text) notes.push(sources.notPrintedJson);
  const [, pairs] = /^\s*\[(\s*"[^"]*"\s*:.*)\]\s*$/s.exec(plain) ?? [];
  if (pairs !== undefined) notes.push(sources.brackets);
  try {
    return { body: JSON.parse(pairs === undefined ? plain : `{${pairs}}`) as unknown, notes };
  } catch {
    return undefined;
  }
}

/** Corrects the body of a POST: an object. */
function meantObject({ body, notes: before }: Meant): Meant {
  const notes = [...before];
  let value = body;
  if (Array.isArray(value) && value.length === 1) {
    notes.push(sources.brackets);
    [value] = value as unknown[];
  }
  const isBare = typeof value === "number" || typeof value === "string";
  if (isBare && qualificationOf(value) !== undefined) {
    notes.push(typeof value === "number" ? sources.integer : sources.bareString);
    value = { qualification: typeof value === "number" ? qualificationOf(value) : value };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { body: value, notes };
  }
  const result: Record<string, unknown> = {};
  for (const [name, one] of Object.entries(value)) {
    const known = meantMember(name, notes);
    if (known !== undefined) result[known] = meantMemberValue(known, one, notes);
  }
  return { body: result, notes };
}

/** Corrects the body of the retired PUT: a string or a number. */
function meantValue({ body, notes: before }: Meant): Meant {
  const notes = [...before];
  let value = body;
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    notes.push(sources.object);
    const entry = Object.entries(value).find(([name]) => name.toLowerCase() === "qualification");
    value = entry?.[1];
  }
  return { body: meantMemberValue("qualification", value, notes), notes };
}

/** @returns Undefined for a member that does not exist in requests. */
function meantMember(name: string, notes: string[]): string | undefined {
  if (members.includes(name)) return name;
  if (/^vetting/i.test(name)) {
    notes.push(sources.answer);
    return undefined;
  }
  if (name === "code") {
    notes.push(sources.codeInBody);
    return "validationCode";
  }
  const meant = nearest(name, members);
  if (meant === undefined) return name;
  const isCase = meant.toLowerCase() === name.toLowerCase();
  notes.push(isCase ? sources.capitals : `"${name}" is not a member; did you mean "${meant}"?`);
  return meant;
}

function meantMemberValue(member: string, value: unknown, notes: string[]): unknown {
  switch (member) {
    case "qualification": {
      const name = qualificationOf(value);
      if (name === undefined || name === value) return refusable(value, notes);
      if (typeof value === "number") notes.push(sources.integer);
      else
        notes.push(name === "GovernmentCommunityCloud" ? sources.underscores : sources.lowerCase);
      return refusable(name, notes);
    }
    case "educationSegment": {
      const meant =
        typeof value === "string"
          ? nearest(value.replaceAll(/[^A-Za-z0-9]/g, ""), segments)
          : undefined;
      if (meant === undefined || meant === value) return value;
      notes.push(`"${String(value)}" is not a segment; did you mean "${meant}"?`);
      return meant;
    }
    case "validationCode":
      if (typeof value !== "number") return value;
      notes.push(sources.codeNumber);
      return String(value);
    default:
      return value;
  }
}

/** Explains a qualification that exists but cannot be requested. */
function refusable(name: unknown, notes: string[]): unknown {
  if (name === "None" || name === "Nonprofit") {
    notes.push(`${name} is in the enumeration, but the guides say that it cannot be set (C11).`);
  }
  return name;
}

/** Returns the qualification for any source's spelling of its name. */
function qualificationOf(value: unknown): string | undefined {
  if (typeof value === "number") return qualifications[value];
  if (typeof value !== "string") return undefined;
  const letters = value.replaceAll(/[^A-Za-z]/g, "").toLowerCase();
  return qualifications.find((name) => name.toLowerCase() === letters);
}
