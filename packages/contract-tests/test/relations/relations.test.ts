import { startMock } from "@partner-qualifications/mock";
import { expect, test } from "vitest";
import { ContractError, readContract, runSuite } from "@partner-qualifications/contract-suite";
import { contract, document } from "@partner-qualifications/spec/model";
import { reported } from "../phases/against-mock.ts";
import { spoilingServer } from "../spoiling-server.ts";
import { plants } from "./plants.ts";
import { audit } from "./plants/audit.ts";
import { runPlanted } from "./run-planted.ts";

// A fixed sample; plants.sweep.test.ts covers all.

const sample = [
  "another customer's id",
  "size is ignored",
  "the latest request of any customer",
  "always none",
];

test.each(plants.filter(({ defect }) => sample.includes(defect)))(
  "finds $defect in $operation",
  async (plant) => {
    const { failures } = await runPlanted(plant);
    const names = contract.relations.map(({ name }) => name);
    expect(names).toContain(failures[0]?.check);
    expect(failures[0]?.replay).toMatch(/^--phase relations --only 'relations\/[\w-]+'$/);
  },
  120_000,
);

test("judges every relation of the contract and passes on the mock", async () => {
  // Records at once: the clock is real here.
  await using mock = await startMock({ auditDelay: "PT0S" });
  const target = { baseUrl: mock.url, control: false, timeoutMs: 60_000 } as const;
  const given = { contract, target, phases: ["relations"], maxResponseTime: 60_000 } as const;
  const { failures, checks } = await runSuite(given);
  expect(reported(failures)).toEqual([]);
  const names = contract.relations.map(({ name }) => name);
  const judged = checks.filter((check) => check.judged > 0).map(({ name }) => name);
  expect(judged).toEqual(expect.arrayContaining(names));
  expect(names.length).toBeGreaterThan(30);
  // A service that cannot be reset can be tested again.
  expect(reported((await runSuite(given)).failures)).toEqual([]);
}, 120_000);

test("waits for a request's record by the mock's clock, and checks it", async () => {
  await using mock = await startMock();
  const only = "relations/accepted-request-is-recorded";
  for (const plant of [undefined, ...audit]) {
    const { spoil = () => {} } = plant?.make() ?? {};
    await using server = await spoilingServer(mock.url, spoil);
    const target = { baseUrl: server.url, control: mock.url, timeout: 60_000 };
    const given = { contract, target, phases: ["relations"], only } as const;
    const { failures } = await runSuite({ ...given, maxResponseTime: 60_000 });
    const found = new Set(failures.map(({ check }) => check));
    expect(
      [...found].some((name) => name.startsWith("a")),
      plant?.defect,
    ).toBe(plant !== undefined);
  }
}, 120_000);

test("sends only reads with --read-only", async () => {
  await using mock = await startMock();
  await using server = await spoilingServer(mock.url, () => {});
  const target = { baseUrl: server.url, readOnly: true, timeoutMs: 60_000 };
  const { failures } = await runSuite({ contract, target, phases: ["relations"] });
  expect(reported(failures)).toEqual([]);
  expect(new Set(server.asked.map(({ method }) => method))).toEqual(new Set(["GET"]));
}, 120_000);

test("judges a relation of another contract", async () => {
  const relation = {
    says: "A customer's name is at most as long as its id.",
    operation: "getCustomer",
    equal: ["$request.path.customer_id", "$response.body#/companyProfile/companyName"],
  };
  const other = readContract({ ...document, "x-relations": { "name-is-its-id": relation } });
  await using mock = await startMock();
  const only = "coverage/getCustomer/valid/least";
  const target = { baseUrl: mock.url, timeoutMs: 60_000 };
  const { failures } = await runSuite({ contract: other, target, phases: ["coverage"], only });
  expect(failures.map(({ check, message }) => [check, message])).toEqual([
    [
      "name-is-its-id",
      'request.path.customer_id is "11111111-2222-3333-4444-555555555555", and response.body#/companyProfile/companyName is "Contoso"',
    ],
  ]);
}, 120_000);

test("rejects a contract with an unknown kind of relation", () => {
  const broken = { ...document, "x-relations": { odd: { says: "It is odd.", sum: [] } } };
  expect(() => readContract(broken)).toThrow(ContractError);
  expect(() => readContract(broken)).toThrow("the relation odd has an unknown kind");
});
