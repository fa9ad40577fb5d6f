/** A migration that must fail, and how: every one is run in the sandbox and through the compiled binary. */
export interface HostileCase {
  /** Its name; without `source`, a file in test/sandbox/hostile. */
  readonly file: string;
  readonly source?: string;
  readonly code: "migration" | "limit";
  /** Absent where the message names the file alone. */
  readonly line?: number;
  readonly says: readonly string[];
  /** Only the end of the process stops it, so it needs a process of its own. */
  readonly fatal?: true;
  /** It leaves the sandbox as data, and is refused when its operations are checked: only the binary does that. */
  readonly isData?: true;
}
