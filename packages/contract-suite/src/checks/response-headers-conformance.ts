import { documented } from "@partner-qualifications/spec/model";
import { readingsOf } from "../schema-cases/parameter-texts.ts";
import { type Check, verdict } from "./check.ts";

export const responseHeadersConformance: Check = {
  name: "response_headers_conformance",
  summary: "Required headers are present, and all headers match their schemas",
  judge({ case: { operation }, answer }, { schemas }) {
    const headers = Object.entries((answer && documented(operation, answer.status)?.headers) ?? {});
    if (!answer || headers.length === 0) return undefined;
    const broken = headers.flatMap(([name, { required, schema }]) => {
      const text = answer.headers[name.toLowerCase()];
      if (text === undefined) return required ? [`the required header ${name} is missing`] : [];
      const reasons = readingsOf(text).map((value) => schemas.refusal(schema, value));
      return reasons.includes(undefined) ? [] : [`${name}: ${text}: ${reasons.at(-1)}`];
    });
    return verdict(broken[0]);
  },
};
