import { join } from "node:path";
import ts from "typescript5";
import { expect, test } from "vitest";

/** What an editor shows for each name after `const`, by the language service. */
function hovers(source: string): Record<string, string> {
  const file = join(import.meta.dirname, "hovers.ts");
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    // Without the types of a browser, which take longer to read than all the rest.
    lib: ["lib.es2023.d.ts"],
    types: [],
    strict: true,
    skipLibCheck: true,
  };
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (name) => {
      const text = name === file ? source : ts.sys.readFile(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => import.meta.dirname,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: (name) => name === file || ts.sys.fileExists(name),
    readFile: ts.sys.readFile,
    ...(ts.sys.realpath && { realpath: ts.sys.realpath }),
  });
  const shown: Record<string, string> = {};
  for (const { 1: name = "", index } of source.matchAll(/const (\w+)/g)) {
    const info = service.getQuickInfoAtPosition(file, index + "const ".length);
    shown[name] = ts.displayPartsToString(info?.displayParts).replaceAll(/\s+/g, " ");
  }
  return shown;
}

test("shows the names of types in an editor", { timeout: 120_000 }, () => {
  const shown = hovers(`
    import { createQualificationsClient, PartnerCenterError, withResponse } from "@partner-qualifications/client";
    import { createHttpClient } from "@partner-qualifications/client/http";
    import { createFakeClient, FakeClock } from "@partner-qualifications/client/testing";
    import { appOnlyCredential } from "@partner-qualifications/credentials";
    import { startMock } from "@partner-qualifications/mock";

    const client = createQualificationsClient({ credential: "none" });
    const items = await client.qualifications.list("");
    const item = items[0]!;
    const vetting = await client.qualifications.request("", { qualification: "StateOwnedEntity" });
    const outcome = await vetting.pollUntilDone();
    const codes = await client.validationCodes.list();
    const customer = await client.customers.get("");
    const customers = client.customers.list();
    const status = await client.customers.validationStatus("");
    const responded = await withResponse((call) => client.validationCodes.list(call));
    const ours = (error: unknown) => (error instanceof PartnerCenterError ? error : undefined);
    const http = createHttpClient(client);
    const fake = createFakeClient();
    const clock = new FakeClock();
    const credential = appOnlyCredential({ tenant: "", clientId: "", clientSecret: "" });
    const mock = await startMock();
    const journal = mock.control.journal();
    const entries = journal.log.entries;
  `);
  expect(shown).toEqual({
    client: "const client: QualificationsClient",
    items: "const items: CustomerQualification[]",
    item: "const item: CustomerQualification",
    vetting: "const vetting: Vetting",
    outcome: "const outcome: Outcome",
    codes: "const codes: ValidationCode[]",
    customer: "const customer: Customer",
    customers: "const customers: AsyncGenerator<Customer, any, any>",
    status: "const status: ValidationStatus",
    responded: "const responded: WithResponse<ValidationCode[]>",
    ours: "const ours: (error: unknown) => PartnerCenterError | undefined",
    http: "const http: HttpClient",
    fake: "const fake: FakeClient",
    clock: "const clock: FakeClock",
    credential: "const credential: PartnerCenterCredential",
    mock: "const mock: Mock",
    journal: "const journal: Journal",
    entries: "const entries: JournalEntry[]",
  });
});
