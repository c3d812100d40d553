/** Requires operations to document the statuses they retry and the header of their idempotency key. */
export function retryDocumented() {
  let shared = [];
  return {
    PathItem: {
      enter(item) {
        shared = item.parameters ?? [];
      },
      Operation(operation, ctx) {
        const { report, location } = ctx;
        const retry = ctx.resolve(operation["x-retry"] ?? {}).node;
        const idempotency = ctx.resolve(operation["x-idempotency"] ?? {}).node;
        if (!retry?.statuses || !idempotency?.header) {
          report({ message: "An operation needs x-retry and x-idempotency.", location });
          return;
        }
        for (const status of retry.statuses) {
          if (operation.responses?.[status] !== undefined) continue;
          report({
            message: `x-retry has ${status}, which ${operation.operationId} does not document.`,
            location: location.child(["x-retry"]),
          });
        }
        const parameters = [...shared, ...(operation.parameters ?? [])].map(
          (parameter) => ctx.resolve(parameter).node,
        );
        if (
          !parameters.some((known) => known?.in === "header" && known.name === idempotency.header)
        ) {
          report({
            message: `x-idempotency names the header ${idempotency.header}, which ${operation.operationId} does not have.`,
            location: location.child(["x-idempotency"]),
          });
        }
      },
    },
  };
}
