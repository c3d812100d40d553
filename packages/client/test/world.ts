import { createQualificationsClient, type QualificationsClientOptions } from "../src/index.ts";
import { FakeClock } from "../src/testing/index.ts";

export const customerId = "11111111-2222-3333-4444-555555555555";

export interface Sent {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string | undefined;
  /** When it was sent, in milliseconds since the start. */
  at: number;
}

type Answer = Response | Error | ((sent: Sent) => Response | Promise<Response>);

/** Returns a JSON response. */
export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return Response.json(body, { status, headers });
}

/** A client with fixed responses, the last one repeated, and a clock whose waits take no time. */
export function world(answers: Answer[], options: Partial<QualificationsClientOptions> = {}) {
  const clock = new FakeClock();
  const start = clock.now();
  const sent: Sent[] = [];
  const client = createQualificationsClient({
    credential: () => "canary-token",
    baseUrl: "https://partner-center.example",
    runtime: clock,
    fetch: async (url, { method = "GET", headers, body }) => {
      const request = {
        url,
        method,
        headers: headers as Record<string, string>,
        body: body as string | undefined,
        at: clock.now() - start,
      };
      sent.push(request);
      const answer = answers[Math.min(sent.length, answers.length) - 1];
      if (answer instanceof Error) throw answer;
      return answer instanceof Response
        ? answer.clone()
        : (answer as (sent: Sent) => Response)(request);
    },
    ...options,
  });
  return { client, clock, sent };
}

/** Returns the error that a call ends with. */
export async function failureOf(call: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  return call.then(
    () => {
      throw new Error("It should have failed");
    },
    (error: Error & Record<string, unknown>) => error,
  );
}
