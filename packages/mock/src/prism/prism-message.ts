// What makes a message small before Prism looks at it: Prism goes through all values once for each that
// is documented.

/** Whether Prism has to look even where nothing was sent. */
export function isRequired({ required }: { required?: boolean }): boolean {
  return required === true;
}

export function hasAny(values: object): boolean {
  for (const _ in values) return true;
  return false;
}

/** The headers that are documented. */
export function pick(headers: Record<string, string>, names: string[]): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = headers[name];
    if (value !== undefined) picked[name] = value;
  }
  return picked;
}

/** The one content that a message has, so that Prism does not have to read all their types. */
export function ofType<T extends { mediaType: string }>(
  contents: T[],
  { "content-type": contentType = "" }: Record<string, string>,
): T[] {
  const [essence = ""] = contentType.split(";", 1);
  const mediaType = essence.trim().toLowerCase();
  return contents.filter((content) => content.mediaType === mediaType);
}
