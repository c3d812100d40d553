import { InvalidRequestError } from "../errors/errors.ts";
import type { components } from "../generated/schemas.ts";

type Schemas = components["schemas"];

/**
 * What can be asked for. Stricter than the contract where newer sources are: Education names its
 * segment (C15), Government Community Cloud its validation code.
 */
export type QualificationRequest =
  | (Schemas["EducationRequest"] & { educationSegment: string })
  | (Schemas["GovernmentCommunityCloudRequest"] & { validationCode: string })
  | Schemas["StateOwnedEntityRequest"];

const settable = ["Education", "GovernmentCommunityCloud", "StateOwnedEntity"];

/** @throws {InvalidRequestError} For what the types refuse as well, since not everybody has types. */
export function checkRequest(body: QualificationRequest): void {
  const { qualification, educationSegment, validationCode } = (body ?? {}) as Record<
    string,
    unknown
  >;
  if (!settable.includes(qualification as string)) {
    throw new InvalidRequestError("qualification", `must be one of ${settable.join(", ")}`);
  }
  const known = educationSegment === "K12" || educationSegment === "HigherEducation";
  if (qualification === "Education" && !known) {
    throw new InvalidRequestError("educationSegment", "must be K12 or HigherEducation");
  }
  // A lone surrogate cannot be encoded in a URL.
  const code = String(validationCode ?? "");
  if (qualification === "GovernmentCommunityCloud" && (!code.trim() || /\p{Cs}/u.test(code))) {
    throw new InvalidRequestError("validationCode", "must be one of validationCodes.list()");
  }
}
