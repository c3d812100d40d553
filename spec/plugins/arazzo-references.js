import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parse } from "yaml";

/**
 * Requires that everything a workflow names exists: each step's operation, each input and each earlier
 * step. Redocly's own `outputs-defined` checks the outputs of steps.
 *
 * Steps name operations by `operationId` only, so that a workflow depends on the contract alone. They
 * set the path's parameters: a runner may otherwise use the contract's example and request another
 * customer.
 */
export function arazzoReferences() {
  return {
    Root(root, { location, report }) {
      const folder = dirname(location.source.absoluteRef);
      const paths = new Map(
        root.sourceDescriptions?.flatMap(({ url }) => operationPaths(resolve(folder, url))),
      );
      const complain = (message, path) => report({ message, location: location.child(path) });

      root.workflows?.forEach((workflow, index) => {
        const inputs = Object.keys(workflow.inputs?.properties ?? {});
        const before = [];
        const checkNames = (node, nodePath) => {
          for (const [text, path] of strings(node, nodePath)) {
            for (const [, kind, name] of text.matchAll(/\$(inputs|steps)\.([\w-]+)/g)) {
              if (kind === "inputs" && !inputs.includes(name)) {
                complain(`The workflow has no input "${name}".`, path);
              }
              if (kind === "steps" && !before.includes(name)) {
                complain(`No step "${name}" came before.`, path);
              }
            }
          }
        };

        const place = ["workflows", index];
        checkNames(workflow.parameters, [...place, "parameters"]);
        workflow.steps?.forEach((step, number) => {
          const path = [...place, "steps", number];
          const operationPath = paths.get(step.operationId);
          if (step.operationId === undefined) {
            complain("A step names an operation of the contract by `operationId`.", path);
          } else if (operationPath === undefined) {
            const message = `The contract has no operation "${step.operationId}".`;
            complain(message, [...path, "operationId"]);
          }
          for (const [, name] of operationPath?.matchAll(/\{(.+?)\}/g) ?? []) {
            const given = step.parameters?.some((it) => it.in === "path" && it.name === name);
            if (!given) complain(`The step does not set "${name}", a parameter of the path.`, path);
          }
          checkNames(step, path);
          before.push(step.stepId);
        });
        checkNames(workflow.outputs, [...place, "outputs"]);
      });
    },
  };
}

/**
 * Returns the path of each operation of an OpenAPI description, by `operationId`. Path items may be in
 * separate files.
 */
function operationPaths(file) {
  return Object.entries(read(file).paths).flatMap(([path, item]) =>
    Object.values(item.$ref ? read(resolve(dirname(file), item.$ref)) : item)
      .filter(({ operationId }) => operationId !== undefined)
      .map(({ operationId }) => [operationId, path]),
  );
}

function read(file) {
  return parse(readFileSync(file, "utf8"));
}

/** Yields the strings at or below a node, each with its path. */
function* strings(node, path) {
  if (typeof node === "string") yield [node, path];
  else if (typeof node === "object" && node !== null) {
    for (const [key, value] of Object.entries(node)) yield* strings(value, [...path, key]);
  }
}
