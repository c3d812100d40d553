// What teams write around the packages: a wrapper, their own fakes, a proxy.

import {
  createQualificationsClient,
  type CustomerQualification,
  type QualificationsClient,
  type Vetting,
} from "@partner-qualifications/client";
import { createFakeClient, FakeClock } from "@partner-qualifications/client/testing";
import { type Mock, startMock } from "@partner-qualifications/mock";
import type { PartnerCenterCredential } from "@partner-qualifications/credentials";
import { reactive } from "vue";

export function counting(client: QualificationsClient, count: () => void): QualificationsClient {
  const { qualifications } = client;
  const list = (...args: Parameters<typeof qualifications.list>) => (
    count(),
    qualifications.list(...args)
  );
  return { ...client, qualifications: { ...qualifications, list } };
}

const item: CustomerQualification = { qualification: "Education", vettingStatus: "Approved" };

const vetting: Vetting = {
  customerId: "",
  qualification: "Education",
  requestId: "",
  write: "created",
  item,
  pollUntilDone: async () => ({ status: "Approved", item }),
  async *states() {},
  [Symbol.asyncIterator]: () => vetting.states(),
  toString: () => "",
  toJSON: () => ({ ...vetting, token: "" }),
};

export const fake: QualificationsClient = {
  qualifications: { list: async () => [item], request: async () => vetting, resume: () => vetting },
  validationCodes: { list: async () => [] },
  customers: {
    async *list() {},
    get: async () => ({ id: "" }) as never,
    validationStatus: async () => ({ status: "Allowed" }) as never,
  },
  auditRecords: { async *list() {}, findRequest: async () => undefined },
  baseUrl: "https://fake.example",
  fetch: async () => new Response(),
};

export const clock: FakeClock = {
  now: () => 0,
  random: () => 0.5,
  uuid: () => "",
  sleep: async () => {},
  advance() {},
};
export const withClock = createFakeClient({ clock });

export const credential: PartnerCenterCredential = {
  getToken: async () => ({ token: "" }) as never,
};

export async function mocked(): Promise<Mock> {
  const mock = await startMock();
  const { control } = mock;
  return {
    ...mock,
    control: { ...control, advance: (duration) => control.advance(duration) },
    close: async () => {},
  };
}

const client = createQualificationsClient({ credential });
export const proxied: QualificationsClient = new Proxy(client, {});
export const reacting: QualificationsClient = reactive(client);
export const reactingVetting: Vetting = reactive(vetting);
export const reactingClock: FakeClock = reactive(new FakeClock());
export const reactingControl = async (): Promise<Mock["control"]> =>
  reactive((await startMock()).control);
