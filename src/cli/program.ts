import { basename } from "node:path";
import type { SymbolMap } from "../core/symbols/symbol-map.ts";
import type { Bundle } from "../runtime/bundle.ts";
import { ownPayload } from "../runtime/executable.ts";

/** Whose command line it is. */
export interface Identity {
  /** The path by which it was started. */
  readonly executable: string;
  /** What it calls itself. Default: godwit. */
  readonly name?: string | undefined;
  /** What it brings along for migrations to import. */
  readonly symbols?: SymbolMap | undefined;
}

/** What the executable is called, and what it stands for. */
export interface Program {
  /** By the file's name, where it stands for something. */
  readonly name: string;
  /** What it calls itself, whatever the file's name. */
  readonly own: string;
  readonly symbols?: SymbolMap | undefined;
  /** What all its command lines begin with: one with migrations inside, or called `migrate`, is `godwit migrate`. */
  readonly group: "" | "migrate";
  /** The migrations inside. */
  readonly bundle?: Bundle;
}

/** Throws ToolError `file` for an executable that is not whole. */
export async function programOf({ executable, name: own = "godwit", symbols }: Identity): Promise<Program> {
  const name = basename(executable).replace(/\.exe$/i, "");
  const common = { own, symbols };
  const payload = ownPayload();
  if (payload) {
    const { bundleAt } = await import("../runtime/bundle.ts");
    return { ...common, name, group: "migrate", bundle: bundleAt(process.execPath, payload) };
  }
  return name === "migrate" ? { ...common, name, group: "migrate" } : { ...common, name: own, group: "" };
}

/** The words of a command line as `godwit` would be given them. */
export function wordsFor({ group, bundle }: Program, argv: readonly string[]): readonly string[] {
  if (group === "" || (bundle && argv[0] !== undefined && besides.includes(argv[0]))) return argv;
  return [group, ...argv];
}

/** What one with migrations inside can do besides: bring its seeds, be looked at, and be made into another. */
const besides: readonly string[] = ["bundle", "doctor", "seed", "version"];

/** What is inside, for its help. Rejects with ToolError `file` for what is damaged. */
export async function insideText({ compiled, config, seeds }: Bundle): Promise<string> {
  const { tracks, godwit } = await compiled.read();
  const rows = tracks.map(({ name, migrations }) => {
    const [first, last] = [migrations[0]?.name, migrations.at(-1)?.name];
    const range = migrations.length > 1 ? `${first} to ${last}` : `${first ?? "none"}`;
    const count = `${migrations.length} ${migrations.length === 1 ? "migration" : "migrations"}`;
    return `  ${tracks.length > 1 ? `${name}: ` : ""}${count}, ${range}`;
  });
  const count = Object.keys(seeds()).length;
  if (count > 0) rows.push(`  ${count} ${count === 1 ? "seed" : "seeds"}`);
  rows.push(`  ${config() === undefined ? "no godwit.yaml" : "godwit.yaml"}`, `  compiled by godwit ${godwit}`);
  return rows.join("\n");
}
