import type { LimitedDialects } from "./check.ts";
import type { Merged } from "./merge.ts";
import { qualifiedName } from "./namespaces.ts";
import type { Notes, Problem } from "./problem.ts";

/** What does not fit the namespaces: an enum in none that is declared, and a table that looks as if it were meant to be in one. */
export function namespaceNotes({ namespaces, enums, tables }: Merged, dialects: LimitedDialects): Notes {
  const declared = namespaces.map(({ name }) => name);
  const isOdd = ({ name }: { readonly name: string }): boolean =>
    /^\w+\.\w/.test(name) && !qualifiedName(name, declared);
  const first = (name: string): string => name.slice(0, name.indexOf("."));
  // Elsewhere a dot is a dot.
  const matters = dialects.length === 0 || dialects.some(({ capabilities }) => capabilities.namespaces);
  return {
    problems: enums.filter(isOdd).map(
      ({ name, at }): Problem => ({
        message: `enum "${name}": "${first(name)}" is not declared; add it to the namespaces`,
        position: at("name"),
      }),
    ),
    warnings: tables
      .filter((table) => matters && isOdd(table))
      .map(
        ({ name, at }): Problem => ({
          message: `table "${name}" has a dot in its name; if "${first(name)}" is meant as a namespace, add it to those`,
          position: at("name"),
        }),
      ),
  };
}
