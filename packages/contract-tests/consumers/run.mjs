// Runs the program: on Node, Bun and Deno, and as what bundlers make of it.
import { main } from "./program.mjs";

const url = globalThis.process?.env.MOCK_URL ?? globalThis.MOCK_URL;
main(url).then(
  (status) => console.log(status),
  (error) => console.log(error.stack),
);
