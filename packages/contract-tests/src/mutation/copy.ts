import { cp, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a copy of the repository has of itself; the rest is not needed, or is never changed. */
const copied = [
  "package.json",
  "spec/dist",
  "spec/examples",
  "spec/package.json",
  "spec/workflows",
  ...["client", "contract-suite", "mock"].flatMap((name) =>
    ["dist", "package.json", "node_modules"].map((part) => `packages/${name}/${part}`),
  ),
  "packages/contract-suite/waivers.yaml",
  "packages/mock/control.openapi.yaml",
  ...["src", "test", "package.json", "node_modules"].map(
    (part) => `packages/contract-tests/${part}`,
  ),
];

/**
 * Makes a copy of what was built and of the suite, for defects to be planted in. In it the suite reads
 * a contract of its own, `spec-of-the-suite`.
 *
 * @param root Of the repository.
 * @returns The copy's root.
 */
export async function copyOf(root: string): Promise<{ copy: string } & AsyncDisposable> {
  const copy = await mkdtemp(join(tmpdir(), "mutation-"));
  // Links to packages of the workspace are relative, so in a copy they lead to the copy.
  const options = { recursive: true, verbatimSymlinks: true };
  for (const path of copied) await cp(join(root, path), join(copy, path), options);
  await cp(join(copy, "spec"), join(copy, "spec-of-the-suite"), options);
  await symlink(join(root, "node_modules"), join(copy, "node_modules"));

  for (const name of ["contract-suite", "contract-tests"]) {
    const scope = join(copy, `packages/${name}/node_modules/@partner-qualifications`);
    await rm(join(scope, "spec"));
    await symlink("../../../../spec-of-the-suite", join(scope, "spec"));
  }
  await writeFile(join(copy, "vitest.config.mjs"), config);
  return {
    copy,
    [Symbol.asyncDispose]: () => rm(copy, { recursive: true, force: true }),
  };
}

/** How the tests by hand and those of the client are run, once the engine found nothing. */
const config = `import { BaseSequencer } from "vitest/node";

// Where most defects are found comes first.
const first = ["time", "assumptions", "reading", "requests", "refused", "customers", "answers"];
const rank = ({ moduleId }) => {
  const found = first.findIndex((name) => moduleId.endsWith("/" + name + ".test.ts"));
  return found < 0 ? first.length : found;
};

class Sequencer extends BaseSequencer {
  sort(files) {
    return files.toSorted((a, b) => rank(a) - rank(b));
  }
}

export default {
  root: new URL("packages/contract-tests/", import.meta.url).pathname,
  test: {
    include: ["test/conformance/*.test.ts", "test/{client,founding-exchange}.test.ts"],
    // One after the other in one thread: what matters is the first failure.
    pool: "threads",
    isolate: false,
    fileParallelism: false,
    sequence: { sequencer: Sequencer },
    bail: 1,
    testTimeout: 20000,
  },
};
`;
