import { parse } from "yaml";

interface Description {
  info?: { title?: string };
  paths?: Record<string, Record<string, { operationId?: string }>>;
}

/** What the panel needs. It may neither reset the mock nor read its journal. */
const allowed = [
  "getClock",
  "setClock",
  "advanceClock",
  "listFaults",
  "addFaults",
  "clearFaults",
  "setTestCustomer",
  "listTestCustomers",
];

/** The control of the mock, if the server at the base URL is the mock. */
export class MockControl {
  readonly #baseUrl: string;
  #operations: Map<string, string> | undefined;

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  /** @returns The mock's reply, or `undefined` for an operation that is unknown or not allowed. */
  async forward(method: string, path: string, body: string): Promise<Response | undefined> {
    const known = await this.#find();
    if (!known.has(`${method} ${path}`)) return undefined;
    return fetch(this.#baseUrl + path, {
      method,
      redirect: "error",
      signal: AbortSignal.timeout(10_000),
      ...(body !== "" && { body, headers: { "Content-Type": "application/json" } }),
    });
  }

  /** Only a description of the control proves that it is the mock. It is read again until it is found. */
  async #find(): Promise<Map<string, string>> {
    this.#operations ??= await this.#read().catch(() => undefined);
    return this.#operations ?? new Map<string, string>();
  }

  async #read(): Promise<Map<string, string> | undefined> {
    const response = await fetch(`${this.#baseUrl}/_mock/openapi.yaml`, {
      redirect: "error",
      signal: AbortSignal.timeout(2000),
    });
    if (!response.ok) return undefined;
    const { info, paths = {} } = parse(await response.text()) as Description;
    if (info?.title !== "Control of the mock") return undefined;
    const found = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, { operationId = "" }]): [string, string] => [
        `${method.toUpperCase()} ${path}`,
        operationId,
      ]),
    );
    return new Map(found.filter(([, operationId]) => allowed.includes(operationId)));
  }
}
