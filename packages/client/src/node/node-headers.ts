import { delegate } from "./delegate.ts";

export type HeaderValues = Record<string, string | string[] | undefined>;

/** `Headers` on what undici delivers. It creates real ones only for rarely used members. */
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

  // The headers of a response are immutable.
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

/** Makes `instanceof Headers` hold. Not at import, since the first access to `Headers` is slow. */
export const completeHeaders = () => delegate(NodeHeaders, Headers);
