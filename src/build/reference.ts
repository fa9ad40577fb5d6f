import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commandReference, commandTable } from "./reference-commands.ts";
import { operationReference } from "./reference-operations.ts";

/**
 * Writes the parts of the documentation that follow from definitions: operations with their parameters, commands with their flags. A
 * page keeps such a part between `<!-- generated: NAME -->` and `<!-- end of NAME -->`; the rest is written by hand. Returns the paths
 * of the pages that were stale; with `check` nothing is written.
 */
export async function generateReference(root: string, check: boolean): Promise<readonly string[]> {
  const stale: string[] = [];
  for (const { page, name, text } of await parts()) {
    const path = join(root, page);
    const before = readFileSync(path, "utf8");
    const after = withPart(before, page, name, text);
    if (after === before) continue;
    stale.push(page);
    if (!check) writeFileSync(path, after);
  }
  return [...new Set(stale)];
}

interface Part {
  readonly page: string;
  readonly name: string;
  readonly text: string;
}

const parts = async (): Promise<readonly Part[]> => [
  { page: "README.md", name: "commands", text: await commandTable() },
  { page: "docs/commands.md", name: "commands", text: await commandReference() },
  { page: "docs/migrations.md", name: "operations", text: operationReference() },
];

/** Throws an Error when the page has no place for the part. */
function withPart(page: string, path: string, name: string, text: string): string {
  const begin = `<!-- generated: ${name} -->\n`;
  const end = `<!-- end of ${name} -->\n`;
  const from = page.indexOf(begin);
  const to = page.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`${path} needs the lines ${begin.trim()} and ${end.trim()}`);
  return `${page.slice(0, from + begin.length)}\n${text.trim()}\n\n${page.slice(to)}`;
}

if (import.meta.main) {
  const check = process.argv.includes("--check");
  const stale = await generateReference(join(import.meta.dir, "../.."), check);
  for (const path of stale) console.log(check ? `stale: ${path} (run \`npm run gen\`)` : `wrote ${path}`);
  if (check && stale.length > 0) process.exitCode = 1;
}
