import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Dialect } from "../core/ddl/dialect.ts";
import { definitions } from "../core/operations/index.ts";
import { lackingKinds } from "./reference-abilities.ts";

/**
 * The table of all databases: what tests run on, and how many of the operations each has. `pageOf` leads from a dialect to its page, from where the table
 * stands.
 */
export function databaseTable(
  root: string,
  dialects: readonly Dialect[],
  pageOf: (dialect: Dialect) => string,
): string {
  const ran = written<Servers>(root, "ran.json");
  const instead = written<Readonly<Record<string, string>>>(root, "instead.json");
  const all = definitions.length;
  const rows = dialects
    .map((dialect) => ({ dialect, has: all - lackingKinds(dialect).size, server: ran[dialect.name] }))
    .toSorted(
      (a, b) =>
        Number(Boolean(b.server)) - Number(Boolean(a.server)) ||
        b.has - a.has ||
        (a.dialect.title < b.dialect.title ? -1 : 1),
    )
    .map(({ dialect, has, server }) => {
      const on = server
        ? [server.engine, server.version].filter(Boolean).join(" ")
        : (instead[dialect.name] ?? "no server");
      return `| [${dialect.title}](${pageOf(dialect)}) | ${on} | ${has} of ${all} |`;
    });
  return ["| database | run with every change on | operations |", "|---|---|---|", ...rows].join("\n");
}

type Servers = Readonly<Record<string, { readonly engine: string; readonly version?: string }>>;

/** What tests write who run somewhere, and what people write of databases that cannot be had. */
function written<T extends object>(root: string, name: string): T {
  const path = join(root, "test/conformance", name);
  return (existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {}) as T;
}
