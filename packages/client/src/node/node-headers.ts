import { delegate } from "./delegate.ts";

export type HeaderValues = Record<string, string | string[] | undefined>;

/** `Headers` over what undici delivers; a real one is made only for what few callers use. */
export class NodeHeaders {
  readonly #values: HeaderValues;
  #real: Headers | undefined;

  constructor(values: HeaderValues) {
    this.#values = values;
  }

  get(name: string): string | null {
    const value = this.#values[name.toLowerCase()];
    return typeof value === "string" ? value : (value?.join(", ") ?? null);
  }

  has(name: string): boolean {
    return this.#values[name.toLowerCase()] !== undefined;
  }

  /** A response's headers are immutable. */
  static {
    for (const name of ["append", "delete", "set"]) {
      Object.defineProperty(NodeHeaders.prototype, name, {
        value() {
          throw new TypeError("immutable");
        },
      });
    }
  }

  whole(): Headers {
    if (!this.#real) {
      this.#real = new Headers();
      for (const [name, value] of Object.entries(this.#values)) {
        for (const one of [value ?? []].flat()) this.#real.append(name, one);
      }
    }
    return this.#real;
  }
}

/** Makes `instanceof Headers` hold. Not done at import, since the first touch of `Headers` is slow. */
export const completeHeaders = () => delegate(NodeHeaders, Headers);
