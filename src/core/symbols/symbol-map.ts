import type { HostModule } from "./host-module.ts";

/** A module that runs inside the sandbox, under the same limits as the migration that imports it. */
export interface GuestModule {
  readonly kind: "guest";
  /** JavaScript or TypeScript, one file: what it imports must be in the symbol map too. */
  readonly source: string;
  /**
   * A module of several files in place of `source`, which is not read then: path in its directory → JavaScript or TypeScript. They may import
   * each other by relative paths; `index.ts` or `index.js` is what a migration gets.
   */
  readonly files?: Readonly<Record<string, string>>;
  /** What messages call the file, or the directory. Default: the module's name. */
  readonly path?: string;
  /** `sha256-` and base64, as in HTML; a source that does not match is refused. */
  readonly integrity?: string;
}

/** What a migration may import: module name → what it gets. */
export type SymbolMap = Readonly<Record<string, GuestModule | HostModule>>;

/** A module of JavaScript or TypeScript that a program holds: its text, or its files. */
export const guestModule = (module: Omit<GuestModule, "kind">): GuestModule => ({ kind: "guest", ...module });
