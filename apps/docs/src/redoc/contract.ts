/** The parts of an OpenAPI document that are used here. */
export interface Contract {
  info: { title: string; version: string; summary?: string };
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
}

export interface Operation {
  operationId: string;
  summary: string;
  description: string;
  tags: [string];
}

export interface Listed extends Operation {
  method: string;
  path: string;
}

/** Where the operation's own page stands, seen from Redoc's. */
export const pageOf = ({ operationId }: Operation) => `../reference/${operationId}`;

/** All operations, in the order in which the contract has them. */
export function operationsOf({ paths }: Contract): Listed[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) =>
      operation.operationId ? [{ ...operation, method: method.toUpperCase(), path }] : [],
    ),
  );
}

/** Where Redoc itself puts an operation: the names in lower case, with dashes. */
export const anchorOf = ({ tags: [tag], operationId }: Operation) =>
  `#/${tag}/${operationId}`.toLowerCase().replaceAll(" ", "-");

/**
 * The contract as Redoc shows it: each operation leads to its own page, and evidence and assumptions
 * are words, since Redoc would print lists as JSON.
 */
export function forRedoc(contract: Contract): Contract {
  const copy = JSON.parse(JSON.stringify(contract), (key, value: unknown) =>
    (key === "x-evidence" || key === "x-assumption") && Array.isArray(value)
      ? value.join(", ")
      : value,
  ) as Contract;
  for (const item of Object.values(copy.paths)) {
    for (const operation of Object.values(item)) {
      if (!operation.operationId) continue;
      // Redoc 3 does not show the external documentation of an operation.
      operation.description += `\n\n[On a plain page](${pageOf(operation)}), with samples to copy and the evidence in full.`;
    }
  }
  return copy;
}
