import { InvalidRequestError } from "../errors/errors.ts";
import type { Schema } from "../generated/schemas.ts";

/** Requests Education. Newer sources require its segment (C15). */
export interface EducationRequest extends Schema<"EducationRequest"> {
  educationSegment: NonNullable<Schema<"EducationRequest">["educationSegment"]>;
}

/** Requests Government Community Cloud. Newer sources require its validation code. */
export interface GovernmentCommunityCloudRequest extends Schema<"GovernmentCommunityCloudRequest"> {
  validationCode: string;
}

/** Requests State-Owned Entity, which is not reviewed. */
export interface StateOwnedEntityRequest extends Schema<"StateOwnedEntityRequest"> {}

/** The body of a request. It is stricter than the contract where newer sources are. */
export type QualificationRequest =
  | EducationRequest
  | GovernmentCommunityCloudRequest
  | StateOwnedEntityRequest;

const settable = ["Education", "GovernmentCommunityCloud", "StateOwnedEntity"];

/** @throws {InvalidRequestError} For what the types reject too, since JavaScript callers have none. */
export function checkRequest(body: QualificationRequest): void {
  const { qualification, educationSegment, validationCode } = Object(body) as Record<
    string,
    string | undefined
  >;
  if (!settable.includes(qualification!)) {
    throw new InvalidRequestError("qualification", `must be one of ${settable.join(", ")}`);
  }
  if (qualification === "Education" && !["K12", "HigherEducation"].includes(educationSegment!)) {
    throw new InvalidRequestError("educationSegment", "must be K12 or HigherEducation");
  }
  // A lone surrogate cannot be encoded in a URL.
  const code = String(validationCode ?? "");
  if (qualification === "GovernmentCommunityCloud" && (!code.trim() || /\p{Cs}/u.test(code))) {
    throw new InvalidRequestError("validationCode", "must be one of validationCodes.list()");
  }
}
