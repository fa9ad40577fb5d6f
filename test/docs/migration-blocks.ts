import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { operationKinds } from "../../src/core/operations/index.ts";
import { editorFiles } from "../../src/runtime/editor-files.ts";
import { loadMigrations } from "../../src/runtime/migrations.ts";
import { type Block, pagePath } from "./page.ts";

/**
 * Evaluates the migrations among `ts` blocks in the sandbox and checks their types as an author's editor would. Returns what the
 * compiler has to say, with the places in the pages; throws what the sandbox refuses.
 */
export async function checkMigrations(blocks: readonly Block[]): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), "godwit-docs-migrations-"));
  try {
    for (const [name, text] of Object.entries(editorFiles)) await Bun.write(join(directory, name), text);
    for (const [i, block] of blocks.entries()) writeFileSync(join(directory, fileName(block, i)), migrationText(block));
    await loadMigrations(directory, { root: directory, cache: "bypass" });
    const compiler = join(import.meta.dir, "../../node_modules/.bin/tsc");
    return Bun.spawnSync([compiler, "-p", directory, "--pretty", "false"], { cwd: directory }).stdout.toString();
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Whether a `ts` block is a migration or operations of one. Programs import another module of the same name. */
export const isMigration = ({ text }: Block): boolean =>
  (text.includes('from "godwit"') &&
    // Their modules are those of a program in the same page, where they run.
    !text.includes('from "acme/') &&
    !/\b(?:open|migrate|check|requireCurrent)\b.*\} from "godwit"/.test(text)) ||
  /^(?:\/\/.*\n|\n)*([a-z]\w*)\(\{/i.test(text);

/** Names that a `ts` block imports by a path and that are not there, as `path: name`. */
export async function missingImports({ page, text }: Block): Promise<readonly string[]> {
  const imports = [...text.matchAll(/^import \{ ([^}]+) \} from "(\.[^"]+)";$/gm)];
  const missing = imports.map(async ([, names = "", path = ""]) => {
    // Paths in the pages begin at the root, or in a folder below test/.
    const file = path.startsWith("../")
      ? join(pagePath("test/docs"), path)
      : join(dirname(pagePath("README.md")), path);
    const module = (await import(file)) as object;
    return names
      .split(", ")
      .filter((name) => !(name in module))
      .map((name) => `${page}: ${path}: ${name}`);
  });
  return (await Promise.all(missing)).flat();
}

const fileName = ({ page, line }: Block, i: number): string =>
  `${String(i + 1).padStart(4, "0")}_${page.replace(/\W+/g, "-")}-line-${line}.ts`;

/** Operations alone become a migration on the lines that they have. */
function migrationText({ text }: Block): string {
  if (text.includes('from "godwit"')) return text;
  const used = operationKinds.filter((kind) => new RegExp(`\\b${kind}\\(`).test(text));
  const calls = text.trimEnd().replace(/,?$/, ",");
  return `import { ${["migration", ...used].join(", ")} } from "godwit"; export default migration({ operations: [\n${calls}\n] });\n`;
}
