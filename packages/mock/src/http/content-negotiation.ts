/**
 * Whether an Accept header lets an answer have a media type (RFC 9110, 12.5.1).
 *
 * @param accept The header; without one, everything is acceptable.
 */
export function isAcceptable(accept: string | undefined, mediaType: string): boolean {
  if (accept === undefined || accept.trim() === "") return true;
  const [type = ""] = mediaType.split("/");
  // The most exact range that is about the type decides.
  const known = [mediaType, `${type}/*`, "*/*"];
  const ranges = new Map(
    accept.split(",").map((range) => {
      const [name = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith("q=")) ?? "q=1";
      return [name, Number(weight.slice(2)) > 0] as const;
    }),
  );
  const decisive = known.find((range) => ranges.has(range));
  return decisive !== undefined && ranges.get(decisive) === true;
}
