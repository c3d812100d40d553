import { parse } from "yaml";

interface Description {
  info?: { title?: string };
  paths?: Record<string, Record<string, { operationId?: string }>>;
}

/** What the time machine needs. It may not make the mock forget everything, or read its journal. */
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

/** The control of the mock, when it is the mock that stands behind the base URL. */
export class MockControl {
  readonly #baseUrl: string;
  #operations: Map<string, string> | undefined;

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  /** Whether the mock responds, and not another server. */
  async isThere(): Promise<boolean> {
    return (await this.#find()).size > 0;
  }

  /** @returns The mock's answer, or `undefined` for what it does not have or may not be used. */
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

  /** Only a description of the control is proof. It is looked for again until it is found. */
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
