import type { Asked, Spoil, Spoilable } from "../../spoiling-server.ts";

// Semantic defects: each response is valid by its schema, but wrong.

/** A defect that a proxy adds to a service. */
export interface Plant {
  operation: string;
  defect: string;
  /** Called for each run, because some defects have state. */
  make(): { spoil?: Spoil; rewrite?: (asked: Asked) => Partial<Asked> | undefined };
}

/** A JSON value. Defects apply at any place of a body, so no narrower type fits. */
export type Value = any; // oxlint-disable-line typescript/no-explicit-any -- see above

export const guid = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
export const addresses: Record<string, [method: string, path: RegExp]> = {
  listCustomers: ["GET", /^\/v1\/customers(\?|$)/],
  getCustomer: ["GET", new RegExp(`^/v1/customers/${guid}$`, "i")],
  listQualifications: ["GET", /\/qualifications$/],
  requestQualification: ["POST", /\/qualifications(\?|$)/],
  getQualification: ["GET", /\/qualification$/],
  setQualification: ["PUT", /\/qualification(\?|$)/],
  listValidationCodes: ["GET", /\/all\/validations$/],
  getValidationStatus: ["GET", /\/validationStatus\?/],
  listAuditRecords: ["GET", /^\/v1\/auditrecords(\?|$)/],
};

export const isOf = (operation: string, { method, url }: Asked): boolean => {
  const [wanted, path] = addresses[operation] ?? [];
  return method === wanted && path?.test(url) === true;
};
export const customerOf = ({ url }: Asked) => new RegExp(guid, "i").exec(url)?.[0] ?? "";
export const isTaken = ({ status }: Spoilable) => status < 300;
export const bodyOf = ({ body: text }: { body: string }): Value => JSON.parse(text || "null");

/** Changes the body of each success of an operation. */
export function body(
  operation: string,
  defect: string,
  change: (value: Value, asked: Asked) => Value,
): Plant {
  return bodies(operation, defect, () => change);
}

/** Like `body`, for a change with state. */
export function bodies(
  operation: string,
  defect: string,
  make: () => (value: Value, asked: Asked) => Value,
): Plant {
  return {
    operation,
    defect,
    make() {
      const change = make();
      return {
        spoil: (answer, asked) =>
          isOf(operation, asked) && isTaken(answer)
            ? { body: JSON.stringify(change(bodyOf(answer), asked)) }
            : undefined,
      };
    },
  };
}

/** Changes any exchange. */
export function watching(operation: string, defect: string, make: () => Spoil): Plant {
  return { operation, defect, make: () => ({ spoil: make() }) };
}

/** Changes each request of an operation. */
export function request(
  operation: string,
  defect: string,
  change: (asked: Asked) => Partial<Asked> | undefined,
): Plant {
  const rewrite = (asked: Asked) => (isOf(operation, asked) ? change(asked) : undefined);
  return { operation, defect, make: () => ({ rewrite }) };
}

export const withQuery = (
  { url }: Asked,
  change: (query: URLSearchParams) => void,
): { url: string } => {
  const address = new URL(url, "http://service");
  change(address.searchParams);
  return { url: address.pathname + address.search };
};
export const filterOf = ({ url }: Asked): Value =>
  JSON.parse(new URL(url, "http://service").searchParams.get("filter") ?? "null");
export const items = (page: Value, change: (all: Value[]) => Value[]): Value => {
  const changed = change(page.items);
  return { ...page, items: changed, totalCount: changed.length };
};
export const moved = (by: number) => (asked: Asked) => {
  const token = asked.headers["ms-continuationtoken"];
  const [, at] = /customers-(\d+)/.exec(atob(String(token ?? ""))) ?? [];
  if (at === undefined) return undefined;
  const other = btoa(`customers-${Math.max(0, Number(at) + by)}`);
  return { headers: { ...asked.headers, "ms-continuationtoken": other } };
};

export const stranger = "22222222-2222-3333-4444-555555555555";
export const day = 24 * 60 * 60 * 1000;
