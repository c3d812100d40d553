import type { QualificationRequest } from "@partner-qualifications/client";
import type { Column, Mapping } from "./columns.ts";
import type { RawRecord } from "./read-records.ts";

/** A row that can be requested, or the reason why it cannot. */
export type CheckedRow = { line: number; customerId: string; qualification: string } & (
  | { body: QualificationRequest; problem?: undefined }
  | { body?: undefined; problem: string }
);

/** What `--qualification` and `--segment` say of rows that do not say it themselves. */
export interface Defaults {
  qualification?: string | undefined;
  educationSegment?: string | undefined;
}

const qualifications = new Map([
  ["education", "Education"],
  ["edu", "Education"],
  ["governmentcommunitycloud", "GovernmentCommunityCloud"],
  ["gcc", "GovernmentCommunityCloud"],
  ["stateownedentity", "StateOwnedEntity"],
  ["soe", "StateOwnedEntity"],
]);
const segments = new Map([
  ["k12", "K12"],
  ["k-12", "K12"],
  ["highereducation", "HigherEducation"],
  ["higher education", "HigherEducation"],
]);
const guid = /^\{?([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})\}?$/i;

/** Checks a record: the id is a GUID, the qualification can be requested, and what it needs is there. */
export function checkRow(record: RawRecord, mapping: Mapping, defaults: Defaults): CheckedRow {
  const read = (column: Column): string => {
    const value = record.fields[mapping[column] ?? ""];
    return typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
  };
  const written = read("customerId");
  const customerId = (guid.exec(written)?.[1] ?? written).toLowerCase();
  const named = read("qualification") || defaults.qualification || "";
  const qualification = qualifications.get(named.toLowerCase()) ?? named;
  const base = {
    line: record.line,
    customerId: customerId.slice(0, 200),
    qualification: qualification.slice(0, 200),
  };
  const bad = (problem: string) => ({ ...base, problem });
  if (record.problem) return bad(record.problem);
  if (!guid.test(written))
    return bad(written ? `"${shorten(written)}" is not a GUID` : "has no customer id");
  if (!named) return bad("has no qualification");
  if (qualification === "StateOwnedEntity") return { ...base, body: { qualification } };
  if (qualification === "GovernmentCommunityCloud") {
    const validationCode = read("validationCode");
    if (!validationCode) return bad("has no validation code, which GovernmentCommunityCloud needs");
    return { ...base, body: { qualification, validationCode } };
  }
  if (qualification !== "Education") {
    return bad(
      `"${shorten(named)}" is not a qualification that can be requested: Education, GovernmentCommunityCloud or StateOwnedEntity`,
    );
  }
  const segment = read("educationSegment") || defaults.educationSegment || "";
  const educationSegment = segments.get(segment.toLowerCase());
  if (educationSegment !== "K12" && educationSegment !== "HigherEducation") {
    return bad(
      segment
        ? `"${shorten(segment)}" is not an education segment: K12 or HigherEducation`
        : "has no education segment: K12 or HigherEducation",
    );
  }
  const website = read("website");
  return { ...base, body: { qualification, educationSegment, ...(website && { website }) } };
}

/** A cell is shown on one line. */
function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, " ");
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
