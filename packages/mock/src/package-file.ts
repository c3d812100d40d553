/**
 * A file beside this package's manifest. The source and what is built from it both stand one folder
 * below that.
 */
export function packageFile(name: string): URL {
  return new URL(`../${name}`, import.meta.url);
}
