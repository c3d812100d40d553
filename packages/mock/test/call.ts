import type { Mock } from "../src/index.ts";

export const school = "11111111-2222-3333-4444-555555555555";

/** Returns the id of a test customer from its last digits. */
export const testCustomer = (end: string) => `00000000-0000-4000-8000-${end.padStart(12, "0")}`;

export const Education = { qualification: "Education" };

/** Sends a request with a valid token by default. */
export function send(mock: Mock, path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(mock.url + path, {
    ...init,
    headers: { Authorization: "Bearer any", "Content-Type": "application/json", ...init.headers },
  });
}

export const list = (mock: Mock, id: string, headers = {}) =>
  send(mock, `/v1/customers/${id}/qualifications`, { headers });

export const submit = (mock: Mock, id: string, body: object = Education, headers = {}) =>
  send(mock, `/v1/customers/${id}/qualifications`, {
    method: "POST",
    body: JSON.stringify(body),
    headers,
  });

/** Sends a request under `/_mock/`. Returns its status and body. */
export async function control(
  mock: Mock,
  method: string,
  path: string,
  body?: object | string,
  type = "application/json",
): Promise<[number, any]> {
  const response = await fetch(`${mock.url}/_mock/${path}`, {
    method,
    ...(body !== undefined && {
      headers: { "Content-Type": type },
      body: typeof body === "string" ? body : JSON.stringify(body),
    }),
  });
  return [response.status, await response.json()];
}
