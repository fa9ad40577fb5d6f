import { assemble } from "./assemble.ts";
import type { LimitedDialects } from "./check.ts";
import type { Declaration, Declared } from "./declared.ts";
import { mergeDeclarations } from "./merge.ts";
import { type Problem, schemaError } from "./problem.ts";
import type { ReadFile } from "./read.ts";

/**
 * One schema out of files that stand after those they include. Throws ToolError `schema` with everything that is wrong in
 * any of them, and with what is beyond the limits of `dialects`.
 */
export function combine(
  files: readonly ReadFile[],
  includes: (file: string, other: string) => boolean = () => false,
  dialects: LimitedDialects = [],
): Declared {
  const declarations = files.map((file) => file.declaration);
  const { merged, problems } = mergeDeclarations(declarations, includes);
  const assembled = assemble(merged, dialects);
  const all = [...files.flatMap((file) => file.problems), ...problems, ...assembled.problems];
  if (all.length === 0 && !declarations.some((d) => d.hasTables)) all.push(nothingDeclared(declarations[0]));
  if (all.length > 0) throw schemaError(all);
  return {
    schema: assembled.schema,
    renames: assembled.renames,
    files: declarations.map((d) => d.file),
    origins: new Map(
      declarations.toReversed().flatMap(({ file, tables }) => tables.map(({ name }) => [name, file] as const)),
    ),
    warnings: assembled.warnings,
  };
}

const nothingDeclared = (first: Declaration | undefined): Problem => ({
  message: `no tables are declared; add "tables" (an empty list means none)`,
  ...(first && { position: { file: first.file, line: 1, column: 1 } }),
});
