/** Remembers GUIDs with a number in 20 bytes each, where a `Map` of texts takes 150. */
export class SeenGuids {
  #size = 0;
  #slots = 1 << 12;
  #keys = new Uint32Array(this.#slots * 4);
  #values = new Uint32Array(this.#slots);

  /**
   * Adds a GUID unless it is there already.
   *
   * @param guid With any prefix; two rows with the same text are the same.
   * @param value Not 0.
   * @returns The value under which it was added before, or `undefined`.
   */
  add(guid: string, salt: number, value: number): number | undefined {
    if (this.#size * 2 > this.#slots) this.#grow();
    const hex = guid.replaceAll("-", "");
    const words = [0, 8, 16, 24].map((at) => parseInt(hex.slice(at, at + 8), 16) >>> 0);
    words[3] = (words[3]! + salt) >>> 0;
    const at = this.#find(words);
    if (this.#values[at] !== 0) return this.#values[at];
    this.#keys.set(words, at * 4);
    this.#values[at] = value;
    this.#size++;
    return undefined;
  }

  #find(words: ArrayLike<number>): number {
    let at = (Math.imul(words[0]! ^ words[2]!, 0x9e3779b1) ^ words[1]! ^ words[3]!) >>> 0;
    for (at %= this.#slots; this.#values[at] !== 0; at = (at + 1) % this.#slots) {
      const key = at * 4;
      if (
        this.#keys[key] === words[0] &&
        this.#keys[key + 1] === words[1] &&
        this.#keys[key + 2] === words[2] &&
        this.#keys[key + 3] === words[3]
      )
        break;
    }
    return at;
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values];
    this.#slots *= 2;
    this.#keys = new Uint32Array(this.#slots * 4);
    this.#values = new Uint32Array(this.#slots);
    for (let old = 0; old < values.length; old++) {
      if (values[old] === 0) continue;
      const words = keys.subarray(old * 4, old * 4 + 4);
      const at = this.#find(words);
      this.#keys.set(words, at * 4);
      this.#values[at] = values[old]!;
    }
  }
}
