import type { Mutant } from "../mutant.ts";
import { type BuiltFile, byHand } from "./replace.ts";

/** Defects of a service that keeps its contract almost. */
export function simulatorMutants(built: BuiltFile): Mutant[] {
  const plant = (defect: string, pattern: RegExp, replacement: string) =>
    byHand(built, defect, pattern, replacement);
  return [
    plant("a request for a qualification is answered with 200", /outcome\(201,/, "outcome(200,"),
    plant(
      "a request without a token is served",
      /prism\.checkSecurity\(operation, \{ authorization \}\)\.length > 0/,
      "false",
    ),
    plant(
      "a token for an application alone may write",
      /token === "app-only" \|\| claims\.idtyp === "app"/,
      'claims.idtyp === "app"',
    ),
    plant(
      "a replay writes again",
      /const before = keyed && world\.remembered\.recall\(keyed, now\)/,
      "const before = undefined",
    ),
    plant(
      "another body under a used MS-RequestId gets the first one's answer",
      /if \(found\.request === fingerprint\(keyed\)\) return/,
      "return",
    ),
    plant(
      "an MS-RequestId is forgotten after a minute",
      /const window = 864e5/,
      "const window = 6e4",
    ),
    plant(
      "Retry-After is a second short",
      /return Math\.ceil\(Math\.max\(partner, customer\) \/ 1e3\)/,
      "return Math.max(0, Math.ceil(Math.max(partner, customer) / 1e3) - 1)",
    ),
    plant(
      "Retry-After is a minute too long",
      /\{ "retry-after": String\(seconds\) \}/,
      '{ "retry-after": String(seconds + 60) }',
    ),
    plant(
      "one request more than the limit passes",
      /after - now > this\.#period \+ 1e-6/,
      "after - now > this.#period + this.#perRequest + 1e-6",
    ),
    plant(
      "an approved vetting is in review again, later",
      /if \(now < ends\) return/,
      "if (now < ends || now > ends + 864e5) return",
    ),
    plant("a vetting is approved at once", /if \(now < ends\) return/, "if (false) return"),
    plant("a denial has no reason", /vettingReason: denial,\s*\.\.\.date/, "...date"),
    plant(
      "the day of a request is forgotten",
      /const date = created !== void 0 &&/,
      "const date = false &&",
    ),
    plant(
      "a customer may ask for Education once more than it should",
      /const mostEducationRequests = 3/,
      "const mostEducationRequests = 4",
    ),
    plant(
      "Government Community Cloud beside Education is taken",
      /wanted !== "StateOwnedEntity" && standing\.includes\(excluded\)/,
      "false",
    ),
    plant("a used validation code counts no use", /code\.remainingCreates--/, ""),
    plant(
      "a validation code that is used up is taken",
      /code\.remainingCreates === 0 \|\| allUsedUp/,
      "allUsedUp",
    ),
    plant(
      "a code in the body and another in the query are taken",
      /inBody !== void 0 && inQuery !== void 0 && inBody !== inQuery/,
      "false",
    ),
    plant(
      "MS-RequestId is not echoed",
      /guid\(message\.headers\["ms-requestid"\]\) \?\? world\.identifier\(\)/,
      "world.identifier()",
    ),
    plant(
      "MS-CorrelationId is not echoed",
      /guid\(message\.headers\["ms-correlationid"\]\) \?\? world\.identifier\(\)/,
      "world.identifier()",
    ),
    plant(
      "a page has one customer too many",
      /found\.slice\(start, end\)/,
      "found.slice(start, end + 1)",
    ),
    plant(
      "the next page begins one too late",
      /value: tokenFor\(end\)/,
      "value: tokenFor(end + 1)",
    ),
    plant(
      "a 405 does not say what is allowed",
      /"Method not allowed", \{ allow: [^}]*\}/,
      '"Method not allowed", {}',
    ),
    plant(
      "an error has no description",
      /body: \{\s*code,\s*description: description\.slice\(0, 1024\),/,
      "body: { code,",
    ),
    plant(
      "an answer has a member that is not documented",
      /return \{ qualification \};/,
      "return { qualification, internalId: 7 };",
    ),
    plant(
      "a customer's id in capitals is another customer",
      /path\.customer_id\?\.toLowerCase\(\)/,
      "path.customer_id",
    ),
  ];
}
