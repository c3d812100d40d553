import { expect, test } from "vitest";
import { contract } from "@partner-qualifications/spec/model";
import { plants } from "./plants.ts";
import { runPlanted } from "./run-planted.ts";

test("finds 95 % of the planted semantic defects in the default run", async () => {
  const rows: string[] = [];
  const missed: string[] = [];
  for (const plant of plants) {
    const { failures } = await runPlanted(plant);
    const name = `${plant.operation}: ${plant.defect}`;
    rows.push(`${name} | ${failures[0]?.check ?? "MISSED"}`);
    if (failures.length === 0) missed.push(name);
  }
  console.log(rows.join("\n"));
  expect(plants.length).toBeGreaterThanOrEqual(30);
  expect(new Set(plants.map(({ operation }) => operation)).size).toBe(contract.operations.length);
  expect(missed.length / plants.length, missed.join("\n")).toBeLessThanOrEqual(0.05);
}, 900_000);
