import { isSafe } from "../contract/operation.ts";
import type { Case } from "../exchange/case.ts";
import type { Run } from "../run.ts";

/** Sends cases one after another, as far as the run lets it. */
export async function performCases(run: Run, cases: Case[]): Promise<void> {
  for (const one of cases) {
    if (run.isOver) return;
    if (isWanted(run, one)) await run.perform(one);
  }
}

/** Whether a case may be sent, and is not left out of the run. */
export function isWanted({ readOnly, only }: Run, { id, operation, draft }: Case): boolean {
  if (only !== undefined && id !== only && !id.startsWith(`${only}#`)) return false;
  return !readOnly || (isSafe(operation) && isSafe({ ...operation, method: draft.method }));
}
