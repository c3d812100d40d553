import { open } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { CredentialError } from "../errors/credential-error.ts";
import { checkText, invalidSetting } from "../errors/invalid-setting.ts";
import { withFileLock } from "./file-lock.ts";
import { checkRefreshToken, type RefreshTokenStore } from "./refresh-token-store.ts";
import { replaceFile, targetOf } from "./replace-file.ts";

/**
 * Keeps the refresh token in a file that contains nothing else. The file is created with mode 0600 and
 * rejected if other users can read or write it (on systems with such modes). It is replaced atomically,
 * and several processes may share it; a `.lock` file exists beside it during an exchange.
 *
 * @param path The file. Its folder must exist and be writable.
 * @example
 * const store = fileRefreshTokenStore("/var/lib/onboarding/refresh-token");
 */
export function fileRefreshTokenStore(path: string): RefreshTokenStore {
  if (typeof path !== "string" || path.trim() === "") {
    throw invalidSetting(
      "The path of the refresh token's file is empty",
      "Pass the path of a file.",
    );
  }
  checkText(path, "The path of the refresh token's file");
  const file = resolve(path);
  return {
    read: () => read(file),
    async write(token) {
      checkRefreshToken(token);
      await replaceFile(file, `${token}\n`).catch((error: NodeJS.ErrnoException) => {
        throw unusable(
          `${file} cannot be written (${error.code})`,
          `Check that ${dirname(file)} is a folder with free space that this user can write to. The previous refresh token is still stored.`,
        );
      });
    },
    async exclusively(task, signal) {
      // A link and its target share one lock.
      const target = await targetOf(file);
      return withFileLock(`${target}.lock`, task, signal).catch((error: unknown) => {
        const { code, path: at } = Object(error) as NodeJS.ErrnoException;
        if (!at?.startsWith(target)) throw error;
        throw unusable(
          `${file} cannot be locked (${code})`,
          `Check that ${dirname(file)} is a folder that this user can write to.`,
        );
      });
    },
  };
}

async function read(file: string): Promise<string | undefined> {
  try {
    const handle = await open(file, "r");
    try {
      // Check the open file, so that replacing it between check and read changes nothing.
      const { mode } = await handle.stat();
      if (process.platform !== "win32" && (mode & 0o077) !== 0) throw openToOthers(file, mode);
      return (await handle.readFile("utf8")).trim() || undefined;
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof CredentialError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw unusable(
      `${file} cannot be read (${code})`,
      "Check that it is a file that this user can read.",
    );
  }
}

function openToOthers(file: string, mode: number): CredentialError {
  const octal = (mode & 0o777).toString(8).padStart(4, "0");
  return unusable(
    `${file} can be read or written by other users (mode ${octal})`,
    `Run chmod 600 ${file}. If the refresh token may have been copied, revoke the user's sessions and run qualifications-consent again.`,
  );
}

function unusable(meaning: string, remedy: string): CredentialError {
  return new CredentialError({ kind: "storeUnusable", meaning, remedy });
}
