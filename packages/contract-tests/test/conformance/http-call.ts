import type { createHttpClient } from "@partner-qualifications/client/http";
import type { Operation, Parameter } from "@partner-qualifications/spec/model";

/** A response of the HTTP client. */
export interface HttpAnswer {
  data?: unknown;
  error?: unknown;
  response: Response;
}

type Send = (method: string, path: string, init: object) => Promise<HttpAnswer>;

/** The values of a call's parameters, by place. */
export type Values = Record<"path" | "query" | "header", Record<string, unknown>>;

/**
 * Calls any operation with the HTTP client, including new ones.
 *
 * @param values Override the contract's examples.
 */
export function httpCall(
  { http }: { http: ReturnType<typeof createHttpClient> },
  operation: Operation,
  values: Partial<Values> = {},
): Promise<HttpAnswer> {
  const { path, method } = operation;
  const required = exampleValues(operation, ({ required: isRequired }) => isRequired);
  const params = {
    path: { ...required.path, ...values.path },
    query: { ...required.query, ...values.query },
    header: { ...required.header, ...values.header },
  };
  const body = exampleBody(operation);
  const send = http.request as unknown as Send;
  return send(method.toLowerCase(), path, { params, ...(body !== undefined && { body }) });
}

/** Returns the contract's examples of parameters. */
export function exampleValues(
  { parameters }: Operation,
  isWanted: (parameter: Parameter) => boolean = () => true,
): Values {
  const values: Values = { path: {}, query: {}, header: {} };
  for (const parameter of parameters.filter(isWanted)) {
    values[parameter.in][parameter.name] = exampleOf(parameter);
  }
  return values;
}

/** Returns the first example of a parameter or body. */
export function exampleOf({ examples }: Pick<Parameter, "examples">): unknown {
  return Object.values(examples)[0]?.value;
}

function exampleBody({ body }: Operation): unknown {
  const [media] = Object.values(body?.content ?? {});
  return media && exampleOf(media);
}
