import { startMock } from "@partner-qualifications/mock";
import { runSuite, type SuiteResult } from "@partner-qualifications/contract-suite";
import { contract } from "@partner-qualifications/spec/model";
import { spoilingServer } from "../spoiling-server.ts";
import { audit } from "./plants/audit.ts";
import type { Plant } from "./plants/plant.ts";

/**
 * Runs the default phases against the mock behind a proxy with one defect, without its clock and faults, except for audit
 * records, which are hours late.
 */
export async function runPlanted(plant?: Plant): Promise<SuiteResult> {
  const { spoil = () => {}, rewrite } = plant?.make() ?? {};
  await using mock = await startMock();
  await using server = await spoilingServer(mock.url, spoil, rewrite ? { rewrite } : {});
  return await runSuite({
    contract,
    target: {
      baseUrl: server.url,
      control: plant && audit.includes(plant) ? mock.url : false,
      timeoutMs: 60_000,
    },
    maxResponseTime: 60_000,
    stopAtFirst: true,
  });
}
