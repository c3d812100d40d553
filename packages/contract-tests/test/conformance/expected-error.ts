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

/** The error class for a status, by the client's documentation. */
export function errorClassOf(status: number): ErrorClass {
  return byStatus[status] ?? (status < 500 ? BadRequestError : ServerError);
}

/** The code and description in an error body of any documented shape. */
export function expectedWords(body: string): { code?: string; description?: string } {
  const value = parsed(body);
  // An HTML error page is described by its text after its type; plain text, by itself.
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

/** A body as JSON, or as text. */
export function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
