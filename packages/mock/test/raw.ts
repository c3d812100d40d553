import { connect } from "node:net";

/**
 * Sends bytes over a new connection and returns everything that comes back, as Latin-1.
 *
 * @param patience How long to wait for the next byte, in milliseconds. The server closes the connection
 * after a complete request; after a partial one, it waits for the rest.
 */
export function raw(url: string, bytes: string | Uint8Array, patience = 5000): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname.replace(/^\[|\]$/g, ""));
    socket.setTimeout(patience, () => socket.destroy());
    socket.setEncoding("latin1").on("data", (chunk: string) => (text += chunk));
    // The rest of a request may arrive after its reply: then the kernel resets the connection.
    socket.on("error", (error: NodeJS.ErrnoException) =>
      ["ECONNRESET", "EPIPE"].includes(error.code ?? "") ? undefined : reject(error),
    );
    socket.on("close", () => resolve(text));
    socket.write(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes);
  });
}
