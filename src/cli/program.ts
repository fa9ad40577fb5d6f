import { basename } from "node:path";
import type { Bundle } from "../runtime/bundle.ts";
import { ownPayload } from "../runtime/executable.ts";

/** What the executable is called, and what it stands for. */
export interface Program {
  readonly name: string;
  /** What all its command lines begin with: one with migrations inside, or called `migrate`, is `godwit migrate`. */
  readonly group: "" | "migrate";
  /** The migrations inside. */
  readonly bundle?: Bundle;
}

/** Throws ToolError `file` for an executable that is not whole. */
export async function programOf(executable: string): Promise<Program> {
  const name = basename(executable).replace(/\.exe$/i, "");
  const payload = ownPayload();
  if (payload) {
    const { bundleAt } = await import("../runtime/bundle.ts");
    return { name, group: "migrate", bundle: bundleAt(process.execPath, payload) };
  }
  return name === "migrate" ? { name, group: "migrate" } : { name: "godwit", group: "" };
}

/** The words of a command line as `godwit` would be given them. */
export function wordsFor({ group, bundle }: Program, argv: readonly string[]): readonly string[] {
  if (group === "" || (bundle && argv[0] !== undefined && besides.includes(argv[0]))) return argv;
  return [group, ...argv];
}

/** What one with migrations inside can do besides: be looked at, and be made into another. */
const besides: readonly string[] = ["bundle", "doctor", "version"];

/** What is inside, for its help. Rejects with ToolError `file` for what is damaged. */
export async function insideText({ compiled, config }: Bundle): Promise<string> {
  const { tracks, godwit } = await compiled.read();
  const rows = tracks.map(({ name, migrations }) => {
    const [first, last] = [migrations[0]?.name, migrations.at(-1)?.name];
    const range = migrations.length > 1 ? `${first} to ${last}` : `${first ?? "none"}`;
    const count = `${migrations.length} ${migrations.length === 1 ? "migration" : "migrations"}`;
    return `  ${tracks.length > 1 ? `${name}: ` : ""}${count}, ${range}`;
  });
  rows.push(`  ${config() === undefined ? "no godwit.yaml" : "godwit.yaml"}`, `  compiled by godwit ${godwit}`);
  return rows.join("\n");
}
