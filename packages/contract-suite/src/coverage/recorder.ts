import type { Json } from "@partner-qualifications/spec/model";
import type { Schemas } from "../schema-cases/schemas.ts";
import { bodyOf, mediaTypeOf } from "../exchange/body.ts";
import type { Exchange } from "../exchange/exchange.ts";
import { readingsOf } from "../schema-cases/parameter-texts.ts";
import { type Cell, nameOf } from "./cells.ts";
import { keywordsKept } from "./keywords.ts";
import { unknownMembers } from "./unknown-members.ts";

/** Headers of HTTP itself (RFC 9110, 9112), which contracts may omit. */
const httpHeaders = new Set([
  "allow",
  "connection",
  "content-length",
  "content-type",
  "date",
  "keep-alive",
  "transfer-encoding",
]);

/** Counts the proofs of each cell in traffic. */
export class Recorder {
  readonly #schemas: Schemas;
  readonly hits = new Map<string, number>();
  /** Headers and members of responses that the contract does not document. */
  readonly undocumented = new Set<string>();

  constructor(schemas: Schemas) {
    this.#schemas = schemas;
  }

  record(exchange: Exchange): void {
    const cells = [...this.#answer(exchange), ...this.#request(exchange)];
    for (const name of new Set(cells.map(nameOf))) {
      this.hits.set(name, (this.hits.get(name) ?? 0) + 1);
    }
  }

  #answer(exchange: Exchange): Cell[] {
    const { case: one, answer } = exchange;
    const { id: operation, responses } = one.operation;
    if (!answer) return [];
    const exact = String(answer.status);
    const status = [exact, `${exact[0]}XX`, "default"].find((known) => known in responses);
    const documented = status === undefined ? undefined : responses[status];
    if (status === undefined || !documented) return [];
    const mediaType = mediaTypeOf(answer.headers["content-type"] ?? "") ?? "";
    const media = documented.content[mediaType];
    const body = media && bodyOf(exchange, mediaType);
    const kept = body === undefined ? [] : this.#kept(media?.schema ?? {}, body);
    const where = `${operation} ${status}`;
    const known = Object.keys(documented.headers).map((header) => header.toLowerCase());
    for (const header of Object.keys(answer.headers)) {
      if (!known.includes(header) && !httpHeaders.has(header)) {
        this.undocumented.add(`${where} header ${header}`);
      }
    }
    if (media && body !== undefined) {
      for (const member of unknownMembers(this.#schemas, media.schema, body)) {
        this.undocumented.add(`${where} ${member}`);
      }
    }
    return [
      { operation, status },
      ...Object.keys(documented.headers)
        .filter((header) => header.toLowerCase() in answer.headers)
        .map((header) => ({ operation, status, header })),
      ...(media ? [{ operation, status, mediaType }] : []),
      ...kept.map(({ pointer, keyword }) => ({ operation, status, mediaType, pointer, keyword })),
    ];
  }

  /** Counts the satisfied keywords of a valid request, or the violated ones of a refused request. */
  #request({ case: { intent, draft, operation }, answer }: Exchange): Cell[] {
    if (!answer) return [];
    if (intent.kind === "invalid") {
      const isRefused = answer.status >= 400 && answer.status < 500;
      const { place, name } = intent;
      return (isRefused ? intent.breaks : []).map(({ pointer, keyword }) => ({
        operation: operation.id,
        place,
        name,
        pointer,
        keyword,
        way: "broken" as const,
      }));
    }
    if (intent.kind !== "valid") return [];
    const cell = (place: string, name: string, pointer: string, keyword: string): Cell => {
      return { operation: operation.id, place, name, pointer, keyword, way: "kept" };
    };
    const given: Record<string, Record<string, string>> = {
      path: draft.pathValues,
      query: Object.fromEntries(draft.query),
      header: draft.headers,
    };
    const ofParameters = operation.parameters.flatMap(({ name, in: place, schema }) => {
      const text = given[place]?.[name];
      if (text === undefined) return [];
      const keywords = readingsOf(text).flatMap((value) => this.#kept(schema, value));
      return [
        cell(place, name, "", "required"),
        ...keywords.map(({ pointer, keyword }) => cell(place, name, pointer, keyword)),
      ];
    });
    const [media] = Object.values(operation.body?.content ?? {});
    if (!media || draft.body === undefined) return ofParameters;
    const body = this.#kept(media.schema, JSON.parse(draft.body) as Json);
    return [
      ...ofParameters,
      cell("body", "body", "", "required"),
      cell("body", "body", "", "json"),
      cell("mediaType", "Content-Type", "", "mediaType"),
      ...body.map(({ pointer, keyword }) => cell("body", "body", pointer, keyword)),
    ];
  }

  #kept(schema: Parameters<Schemas["refusal"]>[0], value: Json) {
    const isAccepted = this.#schemas.refusal(schema, value) === undefined;
    return isAccepted ? keywordsKept(this.#schemas, schema, value) : [];
  }
}
