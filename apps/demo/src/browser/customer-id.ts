const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What was typed or pasted, if it is a tenant id: white space, braces and capitals do not matter. */
export function readCustomerId(text: string): string | undefined {
  const id = text.replaceAll(/[\s{}"']/g, "").toLowerCase();
  return guid.test(id) ? id : undefined;
}

/** Whether somebody means a tenant id, and not the beginning of a name. */
export function looksLikeId(text: string): boolean {
  const id = text.replaceAll(/[\s{}"']/g, "");
  return id.length >= 12 && /^[0-9a-z-]+$/i.test(id) && /\d/.test(id) && id.includes("-");
}
