import { type Check, held, wrong } from "./check.ts";

export const notAServerError: Check = {
  name: "not_a_server_error",
  summary: "The server responds, without a 5xx that the suite did not cause",
  judge({ case: { intent }, answer, lost }) {
    if (!answer) return wrong(`no response: ${lost}`);
    if (intent.kind === "provoked" && intent.status === answer.status) return undefined;
    return answer.status >= 500 ? wrong(`${answer.status} ${answer.body.slice(0, 300)}`) : held;
  },
};
