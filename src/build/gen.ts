import { existsSync } from "node:fs";
import { join } from "node:path";

// `npm run gen` writes every generated file; with --check it only says which are stale, and exits 1.
// One process after the other, because a generator may import what the one before it has written.

const generators: readonly string[] = ["registry.ts", "sdk.ts", "json-schemas.ts", "reference.ts"];

for (const name of generators) {
  const path = join(import.meta.dir, name);
  if (!existsSync(path)) continue;
  const command = [process.execPath, path, ...process.argv.slice(2)];
  const child = Bun.spawn(command, { cwd: join(import.meta.dir, "../.."), stdio: ["ignore", "inherit", "inherit"] });
  if ((await child.exited) !== 0) process.exitCode = 1;
}
