import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ToolError } from "../../src/core/errors.ts";

/** Files of migrations as a program embeds them, file name → text. */
export type Files = Readonly<Record<string, string>>;

/** A migration that makes a table of that name, with one column. */
export const table = (name: string, dependency?: string): string =>
  source(`createTable({ name: "${name}", fields: [{ name: "id", type: "serial", primaryKey: true }] })`, dependency);

/** A migration with these operations, as TypeScript. */
export function source(operations: string, dependency?: string): string {
  const used = [...new Set(operations.match(/\b[a-z]\w*(?=\(\{)/g))];
  const dependencies = dependency === undefined ? "" : `dependencies: ["${dependency}"], `;
  return `import { ${["migration", ...used].join(", ")} } from "godwit";\n\nexport default migration({ ${dependencies}operations: [${operations}] });\n`;
}

export const sqlite = {
  first: { "0001_a.ts": table("a") },
  second: { "0001_a.ts": table("a"), "0002_b.ts": table("b", "0001_a") },
};

/** The ToolError that a promise rejects with; fails when it does not. */
export async function refusal(work: Promise<unknown>): Promise<ToolError> {
  const reason = await work.then(
    (value) => new Error(`it should be refused, and gave ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  if (reason instanceof ToolError) return reason;
  throw reason;
}

/** A directory of its own for `work`, which is removed afterwards. */
export async function inDirectory<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), "godwit-library-"));
  try {
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
