import { assemble } from "./assemble.ts";
import type { LimitedDialects } from "./check.ts";
import type { Declaration, Declared } from "./declared.ts";
import { mergeDeclarations } from "./merge.ts";
import { type Problem, schemaError } from "./problem.ts";
import type { ReadFile } from "./read.ts";

/** How files came to be read. */
export interface Inclusion {
  /** Whether a file includes another, directly or not. */
  includes(file: string, other: string): boolean;
  /** The files that led to one, from the first; none where it is read by itself. */
  chainTo(file: string): readonly string[];
}

/**
 * One schema out of files that stand after those they include. Throws ToolError `schema` with everything that is wrong in
 * any of them, and with what is beyond the limits of `dialects`.
 */
export function combine(
  files: readonly ReadFile[],
  { includes = () => false, chainTo = () => [] }: Partial<Inclusion> = {},
  dialects: LimitedDialects = [],
): Declared {
  const declarations = files.map((file) => file.declaration);
  const { merged, problems: conflicts } = mergeDeclarations(declarations, includes);
  const problems = conflicts.map((conflict) => withChains(conflict, chainTo));
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

/** Who has written neither of two files that do not agree wants to know where they come from. */
function withChains(problem: Problem, chainTo: Inclusion["chainTo"]): Problem {
  const files = [problem.position?.file, problem.other].filter((file) => file !== undefined);
  const chains = files.flatMap((file) => {
    const before = chainTo(file);
    return before.length > 0 ? [[...before, file].join(" → ")] : [];
  });
  return problem.other === undefined || chains.length === 0
    ? problem
    : { ...problem, message: `${problem.message} (${chains.join("; ")})` };
}

const nothingDeclared = (first: Declaration | undefined): Problem => ({
  message: `no tables are declared; add "tables" (an empty list means none)`,
  ...(first && { position: { file: first.file, line: 1, column: 1 } }),
});
