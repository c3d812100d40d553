export { createFakeClient } from "./fake-client.ts";
export type { FakeClient, FakeClientOptions, FakeRequest, Scenario } from "./fake-client.ts";
export { FakeClock } from "./fake-clock.ts";
