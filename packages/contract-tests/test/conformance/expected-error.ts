import {
  AuthenticationError,
  BadRequestError,
  ConflictError,
  NotFoundError,
  type PartnerCenterError,
  PermissionError,
  ServerError,
  ThrottledError,
} from "@partner-qualifications/client";

type ErrorClass = abstract new (...args: never[]) => PartnerCenterError;

const byStatus: Record<number, ErrorClass> = {
  401: AuthenticationError,
  403: PermissionError,
  404: NotFoundError,
  409: ConflictError,
  429: ThrottledError,
};

/** The class that an error of a status has, by the client's own documentation. */
export function errorClassOf(status: number): ErrorClass {
  return byStatus[status] ?? (status < 500 ? BadRequestError : ServerError);
}

/** What an error says, in whichever of the contract's shapes its body came. */
export function expectedWords(body: string): { code?: string; description?: string } {
  const value = parsed(body);
  // An HTML error page is described by its words after its type, plain text as it is.
  if (typeof value === "string") {
    const description = value.replaceAll(/(<[^>]*>|\s)+/g, " ").trim();
    return { description: value.includes("<") ? `text/html: ${description}` : description };
  }
  const { code, description, message } = value as Record<string, string | number | undefined>;
  return {
    ...(code !== undefined && { code: String(code) }),
    description: String(description ?? message),
  };
}

/** A body as JSON, or as the text that it is. */
export function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
