import { DatabaseSync } from "node:sqlite";

/**
 * Locks a file for this process.
 *
 * The operating system holds the lock, through SQLite, so it ends with the process however that ends. Node has no
 * other way to lock a file.
 *
 * @returns A function that releases the lock, or `undefined` when another process has it.
 */
export function lockFile(file: string): (() => void) | undefined {
  const database = new DatabaseSync(file);
  try {
    database.exec("pragma locking_mode = exclusive; begin exclusive");
    return () => database.close();
  } catch (error) {
    database.close();
    if (/locked|busy/i.test(String(error))) return undefined;
    throw error;
  }
}
