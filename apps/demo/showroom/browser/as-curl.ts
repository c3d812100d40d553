import type { WireCall } from "../shared/wire-call.ts";

/** Returns a call as a command to paste into a shell. The token is the variable `TOKEN`. */
export function asCurl({ method, url, headers = {}, body }: WireCall): string {
  return [
    `curl -i -X ${method} ${quote(url)}`,
    '-H "Authorization: Bearer $TOKEN"',
    ...Object.entries(headers).map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`-d ${quote(body)}`]),
  ].join(" \\\n  ");
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
