import type { Position } from "../errors.ts";
import type { Place } from "./check.ts";
import { databaseNames, withParents } from "./databases.ts";
import { hasLimits, isFor, limitsOf, schemaFor } from "./for-databases.ts";
import { gapsOn } from "./gaps.ts";
import type { Schema } from "./model.ts";
import type { Problem } from "./problem.ts";

/** How problems are found. */
interface Checks {
  /** Where a part of the schema was declared. */
  readonly at: (place: Place) => Position | undefined;
  /** What is wrong with a schema. */
  readonly check: (schema: Schema) => readonly Problem[];
  /** What has been found already. */
  readonly known: readonly Problem[];
}

/**
 * What is wrong on one database alone, because what something needs is not for that: once for each mistake, with the first database that has it.
 */
export function databaseProblems(schema: Schema, { at, check, known }: Checks): readonly Problem[] {
  if (!hasLimits(schema)) return [];
  const limits = limitsOf(schema);
  const seen = new Set(known.map(({ message }) => message));
  const kinds = new Map<string, readonly string[]>();
  for (const name of databaseNames) {
    const names = withParents(name);
    const kind = limits.map((limit) => isFor(limit, names)).join();
    if (!kinds.has(kind)) kinds.set(kind, names);
  }
  return [...kinds.values()].flatMap((names) => {
    const here = schemaFor(schema, names);
    const gaps = gapsOn(schema, here).map(({ what, table, field }) => {
      const position = table === undefined || field === undefined ? undefined : at({ table, field });
      return { message: `${what}, which is not there`, ...(position && { position }) };
    });
    return [...gaps, ...check(here)].flatMap((problem) => {
      if (seen.has(problem.message)) return [];
      seen.add(problem.message);
      return {
        ...problem,
        message: `${problem.message} on ${names[0]}; say with only or except which databases it is for, too`,
      };
    });
  });
}
