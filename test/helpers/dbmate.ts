import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { engineFile } from "./engines.ts";

/** Runs all migrations in `db/migrations` of a folder with the real dbmate. Throws what it says when it fails. */
export function runDbmate(folder: string, url: string): void {
  const packages = join(dirname(engineFile("dbmate/package.json", "tools")), "../@dbmate");
  const platform = readdirSync(packages).find((name) => name.startsWith("linux"));
  const program = engineFile(`@dbmate/${platform}/bin/dbmate`, "tools");
  const { exitCode, stdout, stderr } = Bun.spawnSync([program, "--url", url, "--no-dump-schema", "up"], {
    cwd: folder,
  });
  if (exitCode !== 0) throw new Error(`dbmate ended with ${exitCode}: ${stdout}${stderr}`);
}
