/** A parameter of a call, with what the reader typed. */
export interface Field {
  name: string;
  in: "path" | "query";
  value: string;
  hint: string;
}

/** A call as an operation's page describes it. */
export interface Call {
  method: string;
  path: string;
  parameters: Field[];
  body?: string;
}

/** What came back, ready to be shown. */
export type Shown =
  | { kind: "answer"; ok: boolean; status: string; headers: [string, string][]; body: string }
  | { kind: "silence"; address: string }
  | { kind: "mistake"; message: string };

/** Where the mock listens unless it was told otherwise. */
export const mockAddress = "http://127.0.0.1:4010";

/** Sends a call to the mock. Nothing is thrown: what went wrong is something to show. */
export async function send(base: string, token: string, call: Call): Promise<Shown> {
  const address = addressOf(base, call);
  if (!address) {
    return {
      kind: "mistake",
      message:
        "The mock is on your own machine: http://127.0.0.1:4010, or localhost with another port.",
    };
  }
  const headers: Record<string, string> = { Accept: "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (call.body !== undefined) headers["Content-Type"] = "application/json";
  try {
    const body = call.body ?? null;
    const response = await fetch(address, { method: call.method, headers, body });
    return {
      kind: "answer",
      ok: response.ok,
      status: `${response.status} ${response.statusText}`.trim(),
      headers: [...response.headers],
      body: pretty(await response.text()),
    };
  } catch {
    return { kind: "silence", address: address.origin };
  }
}

function addressOf(base: string, { path, parameters }: Call): URL | undefined {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(parameters.find((one) => one.name === name)?.value ?? ""),
  );
  const address = URL.parse(base.replace(/\/+$/, "") + filled);
  // The policy of the site would refuse any other host, and less clearly.
  if (address?.protocol !== "http:" || !/^(127\.0\.0\.1|localhost)$/.test(address.hostname)) {
    return undefined;
  }
  for (const { name, in: place, value } of parameters) {
    if (place === "query" && value) address.searchParams.set(name, value);
  }
  return address;
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
