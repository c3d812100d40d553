import { ContractError } from "./contract-error.ts";
import {
  asSchema,
  isObject,
  type Json,
  type JsonObject,
  type OpenSet,
  type Schema,
} from "./schema.ts";

const grounds = ["x-evidence", "x-assumption"];

/** Resolves the references of one document. */
export class References {
  /** A copy of the document with absolute references: `contract#/…`. */
  readonly root: JsonObject;
  /** Checks resolve the same few schemas for every message. */
  readonly #resolved = new WeakMap<Schema, Schema>();

  constructor(document: JsonObject) {
    this.root = absolute(document) as JsonObject;
  }

  /**
   * Returns a part of the document, resolved if it is a reference; `{}` if it is missing.
   *
   * @throws {ContractError} When the reference has no target, or one outside the document.
   */
  follow(node: Json | undefined): JsonObject {
    if (!isObject(node)) return {};
    return typeof node.$ref === "string" ? this.follow(this.at(node.$ref)) : node;
  }

  /** @throws {ContractError} When the reference has no target, or one outside the document. */
  at(reference: string): Json {
    const [file, pointer = ""] = reference.split("#");
    // A schema of the original document has `#/…`.
    if (file !== "contract" && file !== "") {
      throw new ContractError(`${reference} is not in the document: bundle it`);
    }
    let node: Json | undefined = this.root;
    for (const part of pointer.split("/").slice(1)) {
      const key = decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
      node = isObject(node) || Array.isArray(node) ? (node as JsonObject)[key] : undefined;
    }
    if (node === undefined) throw new ContractError(`#${pointer} does not exist`);
    return node;
  }

  /** Resolves one level: the target of a reference, with the keywords beside it added. */
  resolve(schema: Schema): Schema {
    if (typeof schema.$ref !== "string") return schema;
    const known = this.#resolved.get(schema);
    if (known) return known;
    const { $ref: target, ...beside } = schema;
    const found = this.resolve(asSchema(this.at(target as string)));
    const resolved = Object.keys(beside).length > 0 ? { ...found, ...beside } : found;
    this.#resolved.set(schema, resolved);
    return resolved;
  }

  /** Resolves all levels. */
  expand(node: Json, inside: readonly string[] = []): Json {
    if (Array.isArray(node)) return node.map((item) => this.expand(item, inside));
    if (!isObject(node)) return node;
    const { $ref, ...own } = node;
    if (typeof $ref === "string" && inside.includes($ref)) return node;
    const expanded = Object.fromEntries(
      Object.entries(own).map(([key, value]) => [key, this.expand(value, inside)]),
    );
    if (typeof $ref !== "string") return expanded;
    const found = asSchema(this.expand(this.at($ref), [...inside, $ref]));
    for (const key of grounds) {
      const both = [own[key], found[key]].flatMap((keys) => (Array.isArray(keys) ? keys : []));
      if (both.length > 0) expanded[key] = [...new Set(both)];
    }
    return { title: $ref.split("/").at(-1) ?? "", ...found, ...expanded };
  }

  openSet(schema: Schema): OpenSet | undefined {
    const members = asArray(schema.anyOf).map((member) => this.resolve(asSchema(member)));
    const known = members.flatMap(({ type, enum: values }) =>
      type === "string" ? asArray(values).map(String) : [],
    );
    const isOpen = members.some((member) => member.type === "string" && !("enum" in member));
    if (known.length === 0 || !isOpen) return undefined;
    return { known, allowsIntegers: members.some(({ type }) => type === "integer") };
  }
}

function asArray(node: Json | undefined): Json[] {
  return Array.isArray(node) ? node : [];
}

/** Makes references absolute, so that they work from anywhere. */
function absolute(node: Json): Json {
  if (Array.isArray(node)) return node.map(absolute);
  if (!isObject(node)) return node;
  // A loop for speed: it visits the whole document before a mock can start.
  const copy: JsonObject = {};
  for (const key in node) {
    const value = node[key] as Json;
    const isReference = key === "$ref" && typeof value === "string" && value.startsWith("#");
    copy[key] = isReference ? `contract${value}` : absolute(value);
  }
  return copy;
}
