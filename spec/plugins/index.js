// This contract's own lint rules, one per file.

import { arazzoReferences } from "./arazzo-references.js";
import { boundedRequests } from "./bounded-requests.js";
import { filesUsed } from "./files-used.js";
import { openResponseSets } from "./open-response-sets.js";
import { relationsKnown } from "./relations-known.js";
import { retryDocumented } from "./retry-documented.js";
import { scalarExamples } from "./scalar-examples.js";
import { sourcesNamed } from "./sources-named.js";

export default function plugin() {
  return {
    id: "house",
    rules: {
      oas3: {
        "bounded-requests": boundedRequests,
        "files-used": filesUsed,
        "open-response-sets": openResponseSets,
        "relations-known": relationsKnown,
        "retry-documented": retryDocumented,
        "scalar-examples": scalarExamples,
        "sources-named": sourcesNamed,
      },
      arazzo1: { "arazzo-references": arazzoReferences },
    },
  };
}
