import { documented } from "@partner-qualifications/spec/model";
import { type Check, held, wrong } from "./check.ts";
import { mediaTypeOf } from "../exchange/body.ts";

export const contentTypeConformance: Check = {
  name: "content_type_conformance",
  summary: "The media type is documented for the status",
  judge({ case: { operation }, answer }) {
    const types = Object.keys((answer && documented(operation, answer.status)?.content) ?? {});
    if (!answer || types.length === 0) return undefined;
    const declared = answer.headers["content-type"];
    if (declared === undefined) return wrong(`no Content-Type; documented: ${types.join(", ")}`);
    const found = mediaTypeOf(declared);
    if (found === undefined) return wrong(`the Content-Type ${declared} is malformed`);
    return types.some((type) => matches(type, found))
      ? held
      : wrong(`${found} is not documented for ${answer.status}; documented: ${types.join(", ")}`);
  },
};

/** Whether a media range with stars matches a type. */
function matches(type: string, found: string): boolean {
  const [major, minor] = type.toLowerCase().split("/");
  const [foundMajor, foundMinor] = found.split("/");
  return (major === "*" || major === foundMajor) && (minor === "*" || minor === foundMinor);
}
