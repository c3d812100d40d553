import { expect, test } from "vitest";
import { gigabyte } from "./hostile-behaviours.ts";
import { hostile } from "./hostile.ts";

test("sends a gigabyte as one valid JSON string", async () => {
  await using server = await hostile("sends a gigabyte");
  let length = 0;
  let ends = "";
  for await (const chunk of (await fetch(server.url)).body!) {
    if (length === 0) ends += String.fromCharCode(chunk[0]!);
    length += chunk.length;
    if (length === gigabyte) ends += String.fromCharCode(chunk.at(-1)!);
  }
  expect(length).toBe(gigabyte);
  expect(ends).toBe('""');
}, 120_000);
