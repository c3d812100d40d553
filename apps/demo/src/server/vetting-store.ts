import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { FollowedVetting } from "../shared/followed-vetting.ts";

/** What is needed to go on with a vetting in another process. */
export interface StoredVetting {
  /** What `String(vetting)` gave: no answer and no secret. */
  token: string;
  vetting: FollowedVetting;
}

interface Content {
  baseUrl: string;
  vettings: StoredVetting[];
}

/**
 * The vettings that are followed, in a JSON file. A new file takes the place of the old one only once
 * it is whole, so a crash in the middle loses nothing.
 */
export class VettingStore {
  readonly #file: string | undefined;
  readonly #baseUrl: string;
  #next: StoredVetting[] | undefined;
  #writing: Promise<void> | undefined;

  /** @param file Without one nothing outlives the process. */
  constructor(file: string | undefined, baseUrl: string) {
    this.#file = file;
    this.#baseUrl = baseUrl;
  }

  /** @throws {Error} When the file is damaged, or is about another Partner Center. */
  async load(): Promise<StoredVetting[]> {
    if (this.#file === undefined) return [];
    // Of a demo that was killed as it wrote.
    await rm(`${this.#file}.new`, { force: true });
    const text = await readFile(this.#file, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    });
    if (text === undefined) return [];
    const { baseUrl, vettings } = parse(text, this.#file);
    if (baseUrl === this.#baseUrl) return vettings;
    throw new Error(`${this.#file} is about ${baseUrl}, not ${this.#baseUrl}: name another file`);
  }

  /** Resolves when what it was given, or something newer, is on the disk. */
  save(vettings: StoredVetting[]): Promise<void> {
    if (this.#file === undefined) return Promise.resolve();
    this.#next = vettings;
    this.#writing ??= this.#write(this.#file);
    return this.#writing;
  }

  async #write(file: string): Promise<void> {
    try {
      await mkdir(dirname(file), { recursive: true });
      while (this.#next) await this.#replace(file, this.#next);
    } finally {
      // In the same breath as the last look at what is next, so that nothing comes in between.
      this.#writing = undefined;
    }
  }

  async #replace(file: string, vettings: StoredVetting[]): Promise<void> {
    const content: Content = { baseUrl: this.#baseUrl, vettings };
    this.#next = undefined;
    const whole = `${file}.new`;
    // Customers' ids are nobody else's business.
    await using handle = await open(whole, "w", 0o600);
    await handle.writeFile(JSON.stringify(content, undefined, 2));
    await handle.sync();
    await rename(whole, file);
  }
}

function parse(text: string, file: string): Content {
  try {
    const content = JSON.parse(text) as Content;
    if (Array.isArray(content.vettings)) return content;
  } catch {
    // Told below.
  }
  throw new Error(`${file} is damaged: mend it, or move it away to follow nothing from before`);
}
