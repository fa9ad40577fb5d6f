import { version } from "../version.ts";

/** What this executable was made of. The build puts both in; where nothing was built, they are undefined. */
export interface BuildInfo {
  /** Of the sources: twelve digits, with `-dirty` when there was more than the commit. Undefined outside a checkout. */
  readonly commit: string | undefined;
  /** The platform that it was built for: `linux-x64-musl`. */
  readonly target: string | undefined;
}

export const buildInfo: BuildInfo = {
  commit: process.env["GODWIT_COMMIT"] || undefined,
  target: process.env["GODWIT_TARGET"] || undefined,
};

/** The version of godwit, under the name of the program that it is part of. */
export const versionText = (program: string): string =>
  program === "godwit" ? `godwit ${version}` : `${program} (godwit ${version})`;
