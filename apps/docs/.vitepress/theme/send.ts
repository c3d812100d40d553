/** A parameter of a call, with what the reader typed. */
export interface Field {
  name: string;
  in: "path" | "query";
  required: boolean;
  value: string;
  hint: string;
}

/** A call as an operation's page describes it. */
export interface Call {
  method: string;
  path: string;
  parameters: Field[];
  /** The kinds of body that the reader can choose from. */
  bodies: { name: string; text: string }[];
}

/** A call with the reader's values, ready to be sent. */
export interface Ready {
  base: string;
  token: string;
  /** The idempotency key, the same when the reader sends the call again. */
  requestId: string;
  body?: string;
}

/** What came back, ready to be shown. */
export type Shown =
  | {
      kind: "response";
      ok: boolean;
      status: string;
      ms: number;
      headers: [string, string][];
      body: string;
    }
  | { kind: "silence"; address: string }
  | { kind: "mistake"; message: string };

/** Where the mock listens. `start` serves the pages with the address of the mock that it runs. */
export const mockAddress = "http://127.0.0.1:4010";

/** Sends a call to the mock. Never rejects: what went wrong is something to show. */
export async function send(call: Call, ready: Ready): Promise<Shown> {
  const address = addressOf(ready.base, call);
  if (!address) {
    return {
      kind: "mistake",
      message: `"${ready.base}" is not on your machine. Try it only sends to a mock there, for example ${mockAddress}.`,
    };
  }
  const headers: Record<string, string> = {
    Accept: "application/json",
    "MS-RequestId": ready.requestId,
  };
  if (ready.token) headers.Authorization = `Bearer ${ready.token}`;
  if (ready.body !== undefined) headers["Content-Type"] = "application/json";
  const began = performance.now();
  try {
    const body = ready.body ?? null;
    const response = await fetch(address, {
      method: call.method,
      headers,
      body,
      cache: "no-store",
    });
    const text = await response.text();
    return {
      kind: "response",
      ok: response.ok,
      status: `${response.status} ${response.statusText}`.trim(),
      ms: Math.round(performance.now() - began),
      headers: [...response.headers],
      body: pretty(text),
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

const key = "mock-address";

/**
 * Returns the address that the reader typed last, unless these pages were served with the address of another mock
 * since then.
 */
export function rememberedAddress(): string {
  const [served, typed] = (localStorage.getItem(key) ?? "").split(" ");
  return served === mockAddress && typed ? typed : mockAddress;
}

/** Keeps the address that the reader typed. */
export function rememberAddress(typed: string): void {
  if (typed === mockAddress) localStorage.removeItem(key);
  else localStorage.setItem(key, `${mockAddress} ${typed}`);
}
