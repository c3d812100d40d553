import { open } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { CredentialError } from "../errors/credential-error.ts";
import { checkText, invalidSetting } from "../errors/invalid-setting.ts";
import { withFileLock } from "./file-lock.ts";
import { checkRefreshToken, type RefreshTokenStore } from "./refresh-token-store.ts";
import { replaceFile, targetOf } from "./replace-file.ts";

/**
 * A refresh token in a file: the token and nothing else. It is made with mode 0600, and refused when
 * others may read or write it (where the system has such modes). It is replaced as a whole, and several
 * processes may share it; beside it stands a `.lock` while a token is exchanged.
 *
 * @param path The file; its folder must be there and writable.
 * @example
 * const store = fileRefreshTokenStore("/var/lib/onboarding/refresh-token");
 */
export function fileRefreshTokenStore(path: string): RefreshTokenStore {
  if (typeof path !== "string" || path.trim() === "") {
    throw invalidSetting("The path of the refresh token's file is empty", "Name a file.");
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
          `The refresh token before is still there; see that ${dirname(file)} is a folder with space left that this user may write to.`,
        );
      });
    },
    async exclusively(task, signal) {
      // Who comes by a link takes the same turns.
      const target = await targetOf(file);
      return withFileLock(`${target}.lock`, task, signal).catch((error: unknown) => {
        const { code, path: at } = Object(error) as NodeJS.ErrnoException;
        if (!at?.startsWith(target)) throw error;
        throw unusable(
          `${file} cannot be locked (${code})`,
          `See that ${dirname(file)} is a folder that this user may write to.`,
        );
      });
    },
  };
}

async function read(file: string): Promise<string | undefined> {
  try {
    const handle = await open(file, "r");
    try {
      // The same file that is then read, whatever is put in its place meanwhile.
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
    throw unusable(`${file} cannot be read (${code})`, "See that it is a file of this user.");
  }
}

function openToOthers(file: string, mode: number): CredentialError {
  const octal = (mode & 0o777).toString(8).padStart(4, "0");
  return unusable(
    `${file} may be read or written by others (mode ${octal})`,
    `Take that away with chmod 600 ${file}; if somebody may have copied the refresh token, revoke the user's sessions and run qualifications-consent again.`,
  );
}

function unusable(meaning: string, remedy: string): CredentialError {
  return new CredentialError({ kind: "storeUnusable", meaning, remedy });
}
