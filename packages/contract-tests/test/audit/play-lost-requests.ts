import { startMock } from "@partner-qualifications/mock";
import { expect } from "vitest";
import { isWrong, type LostRequest, type Mode, modes, playLostRequest } from "./lost-request.ts";

/** Plays seeds in every mode, and expects of each what audit records promise. */
export async function playLostRequests(count: number): Promise<Map<Mode, LostRequest[]>> {
  await using mock = await startMock({ clock: "manual", now: "2026-11-23T09:00:00Z" });
  const played = new Map<Mode, LostRequest[]>();
  for (let seed = 1; seed <= count; seed++) {
    const results = new Map<Mode, LostRequest>();
    for (const mode of Object.keys(modes) as Mode[]) {
      const run = await playLostRequest(mock, seed, mode);
      results.set(mode, run);
      played.set(mode, [...(played.get(mode) ?? []), run]);
      const about = `seed ${seed}, ${mode}: ${JSON.stringify(run)}`;
      expect(isWrong(run), about).toBe(false);
      if (!mode.startsWith("records, ")) continue;
      // What stays open is what had no record yet.
      const isOpen = run.result === "found" || run.result === "unknown";
      if (isOpen) expect(run.appeared.own, about).toBe(false);
      if (run.result === "found") expect(run.appeared.another, about).toBe(false);
      // A wait that is longer than every delay leaves nothing open that has a record.
      if (mode.endsWith("150 s")) {
        expect(run.result, about).not.toBe("found");
        if (run.result === "unknown") expect(run.accepted, about).not.toBe("own");
      }
    }
    // Without records, everything is as it was before there were any.
    const today = results.get("no audit records (today)")?.result;
    for (const mode of ["403 for audit records", "records that never appear"] as const) {
      expect(results.get(mode)?.result, `seed ${seed}, ${mode}`).toBe(today);
    }
  }
  return played;
}
