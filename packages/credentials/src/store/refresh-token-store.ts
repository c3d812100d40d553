/** Where the refresh token of the Secure Application Model is kept. */
export interface RefreshTokenStore {
  /** @returns The token, or nothing when there is none yet. */
  read(): Promise<string | undefined>;
  /**
   * Puts a token in place of the one before, which must stay readable until this one is safe. It must reject
   * what cannot be a refresh token, such as an empty text, and keep the one before.
   */
  write(token: string): Promise<void>;
  /**
   * Runs a task while nobody else runs one on the same store, in this process or another.
   *
   * @param signal Ends the waiting for the others, not the task.
   */
  exclusively<T>(task: () => Promise<T>, signal: AbortSignal): Promise<T>;
}
