import { existsSync } from "node:fs";
import { join } from "node:path";
import { staleRegistries, writeRegistries } from "./registry.ts";

// `npm run gen` writes every generated file; with --check it only says which are stale, and exits 1.

const root = join(import.meta.dir, "../..");
const check = process.argv.includes("--check");

const paths = check ? await staleRegistries(root) : await writeRegistries(root);
for (const path of paths) console.log(check ? `stale: ${path} (run \`npm run gen\`)` : `wrote ${path}`);

// A process of its own, because it imports the registries that were only just written.
const sdk = join(import.meta.dir, "sdk.ts");
const sdkExit = existsSync(sdk) ? await run([process.execPath, sdk, ...(check ? ["--check"] : [])]) : 0;
process.exitCode = (check && paths.length > 0) || sdkExit !== 0 ? 1 : 0;

function run(command: readonly string[]): Promise<number> {
  return Bun.spawn([...command], { cwd: root, stdio: ["ignore", "inherit", "inherit"] }).exited;
}
