/** Says what is wrong with a customer id that a source prints in another form, or with its placeholder. */
export function hintForCustomerId(id: string): string | undefined {
  if (/^\{[0-9a-f-]{36}\}$/i.test(id)) {
    return `The PowerShell module takes braces around it; send ${id.slice(1, -1)}`;
  }
  if (/^[{<].*[}>]$/.test(id)) {
    return `${id.slice(0, 50)} is a placeholder; put the customer's tenant id there, a GUID`;
  }
  return undefined;
}
