import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { QualificationRequest } from "@partner-qualifications/client";
import writeFileAtomic from "write-file-atomic";
import type { Review } from "../shared/messages.ts";

/** What another process needs to finish a request or to follow its review. It holds no secret. */
export interface StoredReview {
  review: Review;
  body: QualificationRequest;
  /** When the request was first sent, in milliseconds since 1970, by Partner Center's clock. */
  sentAt: number;
  /** `String(vetting)`, once Partner Center has answered. */
  token?: string | undefined;
}

/** The requests and reviews under way, in a JSON file that each save replaces as a whole. */
export class ReviewStore {
  readonly #file: string | undefined;
  readonly #baseUrl: string;
  #reviews: StoredReview[] = [];
  #writing: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  /** @param file Without a file, nothing outlives the process. */
  constructor(file: string | undefined, baseUrl: string) {
    this.#file = file;
    this.#baseUrl = baseUrl;
  }

  /** @throws {Error} If the file is damaged, or belongs to another Partner Center. */
  async load(): Promise<StoredReview[]> {
    const file = this.#file;
    if (file === undefined) return [];
    await removeLeftOvers(file);
    const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    });
    if (text === undefined) return [];
    const { baseUrl, reviews } = parse(text);
    if (!Array.isArray(reviews)) {
      throw new Error(`${file} is damaged: repair it, or move it away to start without it`);
    }
    if (baseUrl === this.#baseUrl) return reviews;
    throw new Error(`${file} belongs to ${baseUrl}, not ${this.#baseUrl}: choose another file`);
  }

  /**
   * Stores the reviews. Resolves when they, or newer ones, are on the disk.
   *
   * @throws {Error} If the file cannot be written. It then has its previous content.
   */
  save(reviews: StoredReview[]): Promise<void> {
    this.#reviews = reviews;
    // What is saved during a write is part of the write after it.
    this.#next ??= this.#writing
      .catch(() => {})
      .then(() => {
        this.#next = undefined;
        this.#writing = this.#write();
        return this.#writing;
      });
    return this.#next;
  }

  async #write(): Promise<void> {
    if (this.#file === undefined) return;
    await mkdir(dirname(this.#file), { recursive: true });
    const content = { baseUrl: this.#baseUrl, reviews: this.#reviews };
    // The ids of customers are for the owner of the process alone.
    await writeFileAtomic(this.#file, JSON.stringify(content, undefined, 2), { mode: 0o600 });
  }
}

/** Removes the temporary files that a demo left if it was killed during a write. */
async function removeLeftOvers(file: string): Promise<void> {
  const start = `${basename(file)}.`;
  for (const name of await readdir(dirname(file)).catch(() => [])) {
    const isLeftOver = name.startsWith(start) && /^\d+$/.test(name.slice(start.length));
    if (isLeftOver) await rm(join(dirname(file), name), { force: true });
  }
}

function parse(text: string): { baseUrl?: string; reviews?: StoredReview[] } {
  try {
    return { ...(JSON.parse(text) as object) };
  } catch {
    return {};
  }
}
