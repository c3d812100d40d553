import type { Contender } from "./contender.ts";
import { interleave } from "./interleave.ts";
import { answers, type Method } from "./sample.ts";

const calls = 500;

/** Returns the in-process cost of a call with an immediate `fetch`, as a multiple of bare `fetch`. */
export function inProcessCost(
  contenders: Record<string, Contender>,
  method: Method,
  rounds: number,
): Promise<Record<string, number>> {
  const { status, text } = answers[method];
  const init = { status, headers: { "Content-Type": "application/json" } };
  const fetch = async () => new Response(text, init);
  return interleave(
    Object.fromEntries(
      Object.entries(contenders).map(([name, create]) => {
        const call = create({ baseUrl: "https://api.partnercenter.microsoft.com", fetch })[method];
        return [
          name,
          async () => {
            for (let count = 0; count < calls; count += 1) await call();
          },
        ];
      }),
    ),
    rounds,
  );
}
