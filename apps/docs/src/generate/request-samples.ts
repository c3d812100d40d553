// One request for each operation, filled with the contract's examples: as code in other languages, and as an entry of
// the collections.

import type { Contract, Operation } from "@partner-qualifications/spec/model";
import { HTTPSnippet } from "@readme/httpsnippet";
import { defaults } from "../address.ts";

/** A parameter with the value that the mock accepts. */
export interface SampleParameter {
  name: string;
  in: "path" | "query";
  required: boolean;
  value: string;
}

/** A request that the mock answers with a success. */
export interface SampleRequest {
  method: string;
  /** As the contract writes it. */
  path: string;
  /** Those in the path and in the query, with their examples. */
  parameters: SampleParameter[];
  /** Each kind of body, by what its example says of itself. */
  bodies: { name: string; text: string }[];
}

/** Returns the request of an operation, with a value for each parameter that is not a header. */
export function sampleRequest(operation: Operation, { resolve }: Contract): SampleRequest {
  const { method, path, parameters, body } = operation;
  const examples = Object.values(body?.content ?? {}).flatMap((media) =>
    Object.entries(media.examples),
  );
  return {
    method,
    path,
    parameters: parameters.flatMap(({ name, in: place, required, examples: own, schema }) => {
      if (place === "header") return [];
      const value = own.example?.value ?? resolve(schema).example ?? "";
      const text = typeof value === "string" ? value : JSON.stringify(value);
      return [{ name, in: place, required, value: text }];
    }),
    bodies: examples.map(([name, { summary, value }]) => ({
      name: summary ?? name,
      text: JSON.stringify(value, null, 2),
    })),
  };
}

/** The languages beside curl and TypeScript, whose samples are written and executed by hand. */
export const languages = [
  {
    name: "C#",
    fence: "csharp",
    target: ["csharp", "httpclient"],
    note: "// Generated from the contract. Executed once with Mono 6.8, but not by the tests.",
  },
  {
    name: "PowerShell",
    fence: "powershell",
    target: ["powershell", "restmethod"],
    note: "# Generated from the contract. Not executed yet.",
  },
  {
    name: "Python",
    fence: "python",
    target: ["python", "requests"],
    note: "# Generated from the contract. Install the requests package with: pip install requests",
  },
] as const;

/**
 * Returns the code that sends a sample request to the mock in one language.
 *
 * @throws {Error} If the generator of snippets does not know the language.
 */
export function snippet(
  request: SampleRequest,
  { target, note }: Pick<(typeof languages)[number], "target" | "note">,
): string {
  const needed = request.parameters.filter(({ required }) => required);
  const query = needed.filter((one) => one.in === "query");
  const [body] = request.bodies;
  const json = { name: "Content-Type", value: "application/json" };
  const har = {
    method: request.method,
    url: defaults.mock + fillPath(request),
    queryString: query.map(({ name, value }) => ({ name, value })),
    headers: [{ name: "Authorization", value: "Bearer any-token" }, ...(body ? [json] : [])],
    ...(body && {
      postData: { mimeType: "application/json", text: JSON.stringify(JSON.parse(body.text)) },
    }),
  };
  const code = new HTTPSnippet(har as never).convert(...(target as unknown as [never, string]));
  if (!code || !code[0]) throw new Error(`No snippet for ${target.join(" ")}.`);
  return `${note}\n${code[0].trim()}`;
}

/** The path with its parameters filled in. */
export function fillPath({ path, parameters }: SampleRequest): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(parameters.find((one) => one.name === name)?.value ?? ""),
  );
}
