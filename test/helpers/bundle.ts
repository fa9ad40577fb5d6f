import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { godwitBinary } from "./binary.ts";

/** An executable that `godwit bundle` has made of itself and these migrations: file name → text. `flags`: such as `--base`. */
export async function makeBundle(
  migrations: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
): Promise<{ readonly path: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), "godwit-bundle-"));
  mkdirSync(join(folder, "migrations"));
  for (const [name, text] of Object.entries(migrations)) writeFileSync(join(folder, "migrations", name), text);
  const words = ["bundle", "--out", "app-migrate", ...flags];
  const { exitCode, stderr } = Bun.spawnSync([await godwitBinary(), ...words], { cwd: folder, env: { HOME: folder } });
  if (exitCode !== 0) throw new Error(`no bundle: ${stderr}`);
  return { path: join(folder, "app-migrate"), remove: () => rmSync(folder, { recursive: true }) };
}
