import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { News, Review } from "../../src/shared/messages.ts";

interface Wanted {
  requestId?: string;
  qualification?: string;
  website?: string;
}

/** Sends a request as a page does, by default for Education. */
export function request(
  url: string,
  customerId: string,
  { requestId, qualification = "Education", website }: Wanted = {},
): Promise<Response> {
  const isEducation = qualification === "Education";
  return fetch(`${url}/api/v1/customers/${customerId}/qualifications`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Origin: url,
      ...(requestId !== undefined && { "MS-RequestId": requestId }),
    },
    body: JSON.stringify({
      qualification,
      website,
      ...(isEducation && { educationSegment: "K12" }),
    }),
  });
}

/** The messages of a topic of the live stream. */
export async function* listen<Item>(url: string, topic: string): AsyncGenerator<News<Item>, void> {
  const response = await fetch(`${url}/api/live`);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (let text = ""; ;) {
      const { value, done } = await reader.read();
      if (done) return;
      text += value;
      const events = text.split("\n\n");
      text = events.pop() ?? "";
      for (const event of events) {
        const [, data] = /^data: (.*)$/m.exec(event) ?? [];
        if (data && event.includes(`event: ${topic}`)) yield JSON.parse(data) as News<Item>;
      }
    }
  } finally {
    await reader.cancel();
  }
}

/** Follows a topic until its items satisfy a condition, and returns them. */
export async function until<Item extends object>(
  url: string,
  topic: string,
  idOf: (item: Item) => unknown,
  isDone: (items: Item[]) => boolean,
): Promise<Item[]> {
  let all = new Map<unknown, Item>();
  for await (const { isWhole, items } of listen<Item>(url, topic)) {
    all = new Map([
      ...(isWhole ? [] : all),
      ...items.map((one): [unknown, Item] => [idOf(one), one]),
    ]);
    if (isDone([...all.values()])) return [...all.values()];
  }
  throw new Error("The stream has ended");
}

const idOfReview = ({ customerId, qualification }: Review) => customerId + qualification;

/** Follows the reviews until one satisfies a condition, and returns it. */
export async function untilReview(url: string, isDone: (review: Review) => boolean) {
  const all = await until<Review>(url, "reviews", idOfReview, (reviews) => reviews.some(isDone));
  return all.find(isDone)!;
}

/** A folder that is removed at the end, and the file in it where a demo stores its reviews. */
export async function stateFolder() {
  const folder = await mkdtemp(join(tmpdir(), "demo-"));
  const stateFile = join(folder, "below", "reviews.json");
  return {
    folder,
    stateFile,
    stored: async (): Promise<{ review: Review }[]> => {
      const text = await readFile(stateFile, "utf8").catch(() => '{"reviews":[]}');
      return (JSON.parse(text) as { reviews: { review: Review }[] }).reviews;
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

/** A port that is free at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
