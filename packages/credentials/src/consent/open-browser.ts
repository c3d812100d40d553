/** Opens the user's browser, where there is one; the address is printed in any case. */
export async function openBrowser(url: string): Promise<void> {
  const { default: open } = await import("open");
  const child = await open(url).catch(() => undefined);
  child?.on("error", () => undefined);
}
