/**
 * Warns on the error stream when other machines can reach an address.
 *
 * @param address An IP address that is listened on; an IPv6 one may stand in brackets.
 */
export function warnIfReachable(address: string): void {
  if (/^127\.|^\[?::1\]?$/.test(address)) return;
  console.error(
    `Warning: ${address} can be reached from elsewhere; any client there can read and change everything.`,
  );
}
