import { databaseNames, withParents } from "./databases.ts";
import { hasLimits, isFor, limitsOf, schemaFor } from "./for-databases.ts";
import type { Schema } from "./model.ts";
import type { Problem } from "./problem.ts";

/**
 * What is wrong on one database alone, because what something needs is not for that: once for each mistake, with the first database that has it.
 * `check` says what is wrong with a schema; `known` has been found already.
 */
export function databaseProblems(
  schema: Schema,
  check: (schema: Schema) => readonly Problem[],
  known: readonly Problem[],
): readonly Problem[] {
  if (!hasLimits(schema)) return [];
  const limits = limitsOf(schema);
  const seen = new Set(known.map(({ message }) => message));
  const kinds = new Map<string, readonly string[]>();
  for (const name of databaseNames) {
    const names = withParents(name);
    const kind = limits.map((limit) => isFor(limit, names)).join();
    if (!kinds.has(kind)) kinds.set(kind, names);
  }
  return [...kinds.values()].flatMap((names) =>
    check(schemaFor(schema, names)).flatMap((problem) => {
      if (seen.has(problem.message)) return [];
      seen.add(problem.message);
      return {
        ...problem,
        message: `${problem.message} on ${names[0]}; say with only or except which databases it is for, too`,
      };
    }),
  );
}
