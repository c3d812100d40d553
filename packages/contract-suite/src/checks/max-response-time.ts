import { type Check, held, wrong } from "./check.ts";

export const maxResponseTime: Check = {
  name: "max_response_time",
  summary: "The response arrives in time",
  judge({ answer, took }, context) {
    const limit = context.maxResponseTime;
    if (!answer) return undefined;
    return took <= limit ? held : wrong(`${Math.round(took)} ms; the limit is ${limit} ms`);
  },
};
