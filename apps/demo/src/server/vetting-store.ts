import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { QualificationRequest } from "@partner-qualifications/client";
import writeFileAtomic from "write-file-atomic";
import type { FollowedVetting } from "../shared/messages.ts";

/** A request that is stored before it is sent, so that the next process can finish it. */
export interface OpenRequest {
  customerId: string;
  /** Its `MS-RequestId`: sent again under the same one, nothing is written twice. */
  requestId: string;
  body: QualificationRequest;
  /** When it was first sent, in milliseconds since 1970. */
  sentAt: number;
}

/** What is needed to go on with a vetting in another process. */
export interface StoredVetting {
  /** What `String(vetting)` gave: no answer and no secret. */
  token: string;
  vetting: FollowedVetting;
}

interface Stored {
  /** Requests without an outcome. */
  requests: OpenRequest[];
  vettings: StoredVetting[];
}

/** The requests and vettings under way, in a JSON file that is replaced as a whole. */
export class VettingStore {
  readonly #file: string | undefined;
  readonly #baseUrl: string;
  #stored: Stored = { requests: [], vettings: [] };
  #writing: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;

  /** @param file Without one nothing outlives the process. */
  constructor(file: string | undefined, baseUrl: string) {
    this.#file = file;
    this.#baseUrl = baseUrl;
  }

  /** @throws {Error} When the file is damaged, or is about another Partner Center. */
  async load(): Promise<Stored> {
    if (this.#file === undefined) return this.#stored;
    await removeLeftOvers(this.#file);
    const text = await readFile(this.#file, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    });
    if (text === undefined) return this.#stored;
    const { baseUrl, requests = [], vettings } = parse(text, this.#file);
    if (baseUrl !== this.#baseUrl) {
      throw new Error(`${this.#file} is about ${baseUrl}, not ${this.#baseUrl}: name another file`);
    }
    this.#stored = { requests, vettings };
    return this.#stored;
  }

  /**
   * Stores requests, vettings or both. Resolves when they, or newer ones, are on the disk.
   *
   * @throws {Error} When the file cannot be written. It then has what it had before.
   */
  save(news: Partial<Stored>): Promise<void> {
    this.#stored = { ...this.#stored, ...news };
    // Whatever is saved during a write is part of the write after it.
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
    const text = JSON.stringify({ baseUrl: this.#baseUrl, ...this.#stored }, undefined, 2);
    // Customers' ids are nobody else's business.
    await writeFileAtomic(this.#file, text, { mode: 0o600 });
  }
}

/** Removes the temporary files of a demo that was killed as it wrote. */
async function removeLeftOvers(file: string): Promise<void> {
  const beginning = `${basename(file)}.`;
  for (const name of await readdir(dirname(file)).catch(() => [])) {
    const isLeftOver = name.startsWith(beginning) && /^\d+$/.test(name.slice(beginning.length));
    if (isLeftOver) await rm(join(dirname(file), name), { force: true });
  }
}

function parse(
  text: string,
  file: string,
): Partial<Stored> & { baseUrl: string; vettings: StoredVetting[] } {
  try {
    const content = JSON.parse(text) as ReturnType<typeof parse>;
    if (Array.isArray(content.vettings)) return content;
  } catch {
    // Reported below.
  }
  throw new Error(`${file} is damaged: repair it, or move it away to start without it`);
}
