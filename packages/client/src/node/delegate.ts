/**
 * Completes a light class to a web class: `instanceof` holds, and members that the light class lacks come from
 * `whole()`, a real instance that it creates on demand.
 */
export function delegate(light: { prototype: object }, web: { prototype: object }): void {
  const own: object = light.prototype;
  if (Object.getPrototypeOf(own) === web.prototype) return;
  const members = Object.getOwnPropertyDescriptors(web.prototype) as Record<
    string | symbol,
    PropertyDescriptor
  >;
  for (const name of Reflect.ownKeys(members)) {
    if (Object.hasOwn(own, name)) continue;
    const { value, ...rest } = members[name]!;
    if (typeof value === "function") {
      Object.defineProperty(own, name, {
        ...rest,
        value(this: { whole(): object }, ...given: unknown[]) {
          const whole = this.whole();
          return Reflect.apply(value as () => unknown, whole, given) as unknown;
        },
      });
    } else if (rest.get) {
      Object.defineProperty(own, name, {
        configurable: true,
        enumerable: true,
        get(this: { whole(): object }) {
          return Reflect.get(this.whole(), name) as unknown;
        },
      });
    }
  }
  Object.setPrototypeOf(own, web.prototype);
}
