// What the samples of the READMEs take for granted.

import {
  createQualificationsClient,
  type QualificationsClient,
  type Runtime,
} from "@partner-qualifications/client";

export { createQualificationsClient } from "@partner-qualifications/client";

export const baseUrl = process.env.MOCK_URL ?? "";
export const credential = () => "any-token";
export const customerId = "11111111-2222-3333-4444-555555555555";

/** The contract, for the suite that is run with it. */
export { document } from "@partner-qualifications/spec/model";

/** Days pass in a tenth of a second. */
export const runtime: Runtime = {
  now: () => Date.now(),
  random: () => Math.random(),
  uuid: () => crypto.randomUUID(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 100))),
};

export const client = createQualificationsClient({ baseUrl, credential, runtime });

export async function yourCode({ qualifications }: QualificationsClient): Promise<void> {
  const vetting = await qualifications.request(customerId, { qualification: "StateOwnedEntity" });
  await vetting.pollUntilDone();
}

/** As much of OpenTelemetry's API as a sample uses. */
export const trace = {
  getTracer: (_name: string) => ({ startSpan: (name: string) => new Span(name) }),
};

export const context = { active: () => ({}) };
export const propagation = {
  inject: (_context: object, headers: Record<string, string>) =>
    void (headers.traceparent = `00-${"1".repeat(32)}-${"1".repeat(16)}-01`),
};

export class Span {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
  addEvent(_name: string, _attributes: object): this {
    return this;
  }
  recordException(_error: Error): this {
    return this;
  }
  setAttributes(_attributes: object): this {
    return this;
  }
  end(): void {
    console.log(`span ${this.name} ended`);
  }
}
