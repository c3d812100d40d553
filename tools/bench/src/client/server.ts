// A bare server in a separate process. It prints its address and runs until killed.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { answers, type Method } from "./sample.ts";

const server = createServer((request, response) => {
  const { status, text } = answers[request.method as Method];
  request.resume();
  request.on("end", () => {
    response.writeHead(status, {
      "Content-Type": "application/json",
      "Content-Length": Buffer.byteLength(text),
    });
    response.end(text);
  });
});
server.listen(0, "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
