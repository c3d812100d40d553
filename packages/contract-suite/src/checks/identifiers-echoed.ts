import { documented } from "@partner-qualifications/spec/model";
import { accepts } from "../schema-cases/parameter-texts.ts";
import { type Check, verdict } from "./check.ts";

export const identifiersEchoed: Check = {
  name: "identifiers_echoed",
  summary: "A sent identifier is echoed unchanged",
  inapplicable: ({ operations }) =>
    operations.some((operation) => operation.parameters.some(isIdentifier))
      ? undefined
      : "no operation has an identifying header",
  judge({ case: { operation, draft }, answer }, { schemas }) {
    const headers = answer && documented(operation, answer.status)?.headers;
    if (!answer || !headers) return undefined;
    const sent = operation.parameters
      .filter(isIdentifier)
      .map(({ name, schema }) => ({ name, schema, text: draft.headers[name] }))
      // An invalid identifier cannot be echoed: the response must match its own schema.
      .filter(({ name, schema, text }) => {
        return name in headers && text !== undefined && accepts(schemas, schema, text);
      });
    if (sent.length === 0) return undefined;
    const lost = sent.find(({ name, text }) => answer.headers[name.toLowerCase()] !== text);
    return verdict(
      lost &&
        `${lost.name} was ${lost.text} but was returned as ${answer.headers[lost.name.toLowerCase()]}`,
    );
  },
};

function isIdentifier({ name }: { name: string }): boolean {
  return name === "MS-RequestId" || name === "MS-CorrelationId";
}
