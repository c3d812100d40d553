import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { contract } from "@partner-qualifications/spec/model";
import { type Mock, startMock } from "@partner-qualifications/mock";
import { expect, test, vi } from "vitest";
import { defaults } from "../src/address.ts";
import { fillPath, languages, sampleRequest, snippet } from "../src/generate/request-samples.ts";

// A program is slow where many want the same processor.
vi.setConfig({ testTimeout: 60_000 });

const requests = contract.operations.map((operation) => sampleRequest(operation, contract));
const python = languages.find(({ name }) => name === "Python")!;
const isInstalled = spawnSync("python3", ["-c", "import requests"]).status === 0;

test.each(languages)(
  "$name samples send the path, the token and the body of the contract",
  (language) => {
    for (const request of requests) {
      const code = snippet(request, language);
      expect(code).toContain(defaults.mock + fillPath(request));
      expect(code).toContain("Bearer any-token");
      const [body] = request.bodies;
      for (const value of body ? (JSON.stringify(JSON.parse(body.text)).match(/\w+/g) ?? []) : []) {
        expect(code).toContain(value);
      }
    }
  },
);

// Node, which runs these tests, cannot run them: where there is no Python, they are only read, above.
test.runIf(isInstalled)("Python samples succeed against the mock", async () => {
  // What one request changes must not stop the next one.
  const mocks: Mock[] = [];
  try {
    for (const _ of requests) mocks.push(await startMock());
    const program = requests.map((request, index) => {
      const code = snippet(request, python).replaceAll(defaults.mock, mocks[index]!.url);
      return `${code}\nassert response.ok, response.text`;
    });
    // Rejects when a request fails. A warning about a locale that is not installed is none of the samples.
    const running = promisify(execFile)("python3", ["-c", program.join("\n")]);
    await expect(running).resolves.toBeDefined();
  } finally {
    for (const mock of mocks) await mock.close();
  }
});
