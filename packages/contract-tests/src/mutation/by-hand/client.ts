import type { ObjectExpression } from "acorn";
import { simple } from "acorn-walk";
import { MagicString } from "magic-string";
import { parseBuilt, textOf } from "../by-rule/program.ts";
import { type Mutant, PatchError } from "../mutant.ts";
import { type BuiltFile, byHand } from "./replace.ts";

// The patterns keep to what a minifier leaves as it is: names of members, strings, operators.

/**
 * Defects of a client that speaks the contract almost.
 *
 * @param http The entry of the bare client.
 */
export function clientMutants(built: BuiltFile, http: BuiltFile): Mutant[] {
  const plant = (defect: string, pattern: RegExp, replacement: string) =>
    byHand(built, defect, pattern, replacement);
  return [
    sentHeaders(
      built,
      "each attempt has an MS-RequestId of its own",
      "ms-requestid",
      "crypto.randomUUID()",
    ),
    sentHeaders(built, "a header that nobody documents is sent", "x-client-version", '"1"'),
    byHand(
      http,
      "the bare client does not encode ids in the address",
      /this\.url\s*=\s*(\w+)/,
      "this.url=decodeURIComponent($1)",
    ),
    plant(
      "ids are not encoded in the address",
      /encodeURIComponent\(String\((\w+\[\w+\])\)\)/,
      "String($1)",
    ),
    plant(
      "values are not encoded in the query",
      /\$\{encodeURIComponent\(String\((\w+)\)\)\}/,
      "${String($1)}",
    ),
    plant("an error answer passes for a good one", /!(\w+)\.ok\)/, "false)"),
    plant(
      "a redirection is followed, with the token",
      /redirect:\s*["'`]manual["'`]/,
      'redirect:"follow"',
    ),
    plant("a token goes without its scheme", /`Bearer \$\{/, "`${"),
    plant(
      "an answer is waited for one attempt fewer",
      /(\w+)\.attempts\s*>=\s*(\w+)\s*\|\|/,
      "$1.attempts + 1 >= $2 ||",
    ),
    plant("Retry-After is read as milliseconds", /void 0\s*:\s*(\w+)\s*\*\s*1e3/, "void 0 : $1"),
    plant(
      "the validation code is not in the query",
      /\{\s*code:\s*(\w+)\.validationCode\s*\}/,
      "{}",
    ),
    plant(
      "the other spelling of the date is not read",
      /["'`]vettingcreateddate["'`]/,
      '"vettingdate"',
    ),
    plant("a denial is told as an approval", /status:\s*["'`]Denied["'`]/, 'status: "Approved"'),
    plant("customers are searched with another operator", /["'`]starts_with["'`]/, '"startsWith"'),
    plant(
      "the type of the validation status is left out",
      /query:\s*\{\s*type:\s*["'`]account["'`]\s*\}/,
      "query: {}",
    ),
    plant(
      "only the first page of the customers is read",
      /\.links\?\.next\?\.headers/,
      ".links?.previous?.headers",
    ),
  ];
}

/** Where the headers of an attempt are put together: beside `redirect`, which has a fixed value. */
function sentHeaders({ file }: BuiltFile, defect: string, name: string, value: string): Mutant {
  return {
    id: `client/hand: ${defect}`,
    part: "client",
    by: "hand",
    defect,
    place: `the headers beside redirect: "manual"`,
    file,
    patch(text) {
      const built = parseBuilt(text);
      const changed = new MagicString(text);
      let places = 0;
      simple(built.program, {
        ObjectExpression({ properties }: ObjectExpression) {
          const valueOf = (wanted: string) =>
            properties.flatMap((property) =>
              property.type === "Property" &&
              property.key.type === "Identifier" &&
              property.key.name === wanted
                ? [property]
                : [],
            )[0];
          const headers = valueOf("headers");
          if (!headers || !valueOf("redirect")) return;
          places++;
          const { start, end } = headers;
          const all = `{ ...(${textOf(built, headers.value)}), "${name}": ${value} }`;
          changed.overwrite(start, end, `headers: ${all}`);
        },
      });
      if (places !== 1) throw new PatchError(defect, `found ${places} places, not one`);
      return changed.toString();
    },
  };
}
