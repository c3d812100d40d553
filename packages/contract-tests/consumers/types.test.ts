import { main } from "./types";

test("follows a request to its approval", async () => {
  expect(await main()).toBe("approved");
}, 60_000);

declare const test: (name: string, run: () => Promise<void>, timeout: number) => void;
declare const expect: (value: unknown) => { toBe(value: unknown): void };
