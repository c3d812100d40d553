/** The beginning of a value, for a message: of what has members, no more than its kind (`{"toString":1}` has no text). */
export function quote(value: unknown): string {
  return typeof value === "object" ? "(an object or array)" : String(value).slice(0, 50);
}
