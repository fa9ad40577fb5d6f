import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Dialect } from "../core/ddl/dialect.ts";
import { commandReference, commandTable } from "./reference-commands.ts";
import { databaseTable } from "./reference-databases.ts";
import { allDialects, dialectParts } from "./reference-dialects.ts";
import { operationReference } from "./reference-operations.ts";

/**
 * Writes the parts of the documentation that follow from definitions: operations with their parameters, commands with their flags, databases with
 * their types and abilities. A page keeps such a part between `<!-- generated: NAME -->` and `<!-- end of NAME -->`; the rest is written by hand. Returns the paths
 * of the pages that were stale; with `check` nothing is written.
 */
export async function generateReference(root: string, check: boolean): Promise<readonly string[]> {
  const stale: string[] = [];
  for (const { page, name, text } of await parts(root)) {
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

async function parts(root: string): Promise<readonly Part[]> {
  const dialects = await allDialects(root);
  const pageOf = ({ name }: Dialect): string => pageWith(root, `types of ${name}`);
  return [
    { page: "README.md", name: "commands", text: await commandTable() },
    { page: "README.md", name: "databases", text: databaseTable(root, dialects, pageOf) },
    {
      page: "docs/databases.md",
      name: "databases",
      text: databaseTable(root, dialects, (dialect) => pageOf(dialect).replace("docs/", "")),
    },
    { page: "docs/commands.md", name: "commands", text: await commandReference() },
    { page: "docs/migrations.md", name: "operations", text: operationReference() },
    ...dialectParts(dialects).map((part) => ({ ...part, page: pageWith(root, part.name) })),
  ];
}

const begin = (name: string): string => `<!-- generated: ${name} -->\n`;

/** The page that has a place for the part. Throws an Error where none has. */
function pageWith(root: string, name: string): string {
  const pages = [...new Bun.Glob("docs/*.md").scanSync({ cwd: root })].toSorted();
  const page = pages.find((path) => readFileSync(join(root, path), "utf8").includes(begin(name)));
  if (page === undefined) throw new Error(`no page in docs/ has the line ${begin(name).trim()}`);
  return page;
}

/** Throws an Error when the page has no place for the part. */
function withPart(page: string, path: string, name: string, text: string): string {
  const head = begin(name);
  const end = `<!-- end of ${name} -->\n`;
  const from = page.indexOf(head);
  const to = page.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`${path} needs the lines ${head.trim()} and ${end.trim()}`);
  return `${page.slice(0, from + head.length)}\n${text.trim()}\n\n${page.slice(to)}`;
}

if (import.meta.main) {
  const check = process.argv.includes("--check");
  const stale = await generateReference(join(import.meta.dir, "../.."), check);
  for (const path of stale) console.log(check ? `stale: ${path} (run \`npm run gen\`)` : `wrote ${path}`);
  if (check && stale.length > 0) process.exitCode = 1;
}
