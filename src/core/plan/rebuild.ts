import type { Dialect } from "../ddl/dialect.ts";
import { tableImage } from "../ddl/image.ts";
import type { RebuildTable, Statement, TableImage } from "../ddl/statement.ts";
import type { LowerContext } from "../operations/define.ts";
import { findTable } from "../schema/resolve.ts";

/**
 * The statements of one operation for a database that cannot carry out some of them in place: all that change the
 * structure of such a table become one `rebuildTable`, in the place of the first. Others are left as they are.
 */
export function collapseRebuilds(statements: readonly Statement[], context: LowerContext): readonly Statement[] {
  const { needsRebuild } = context.dialect.capabilities;
  const imageOf = (table: string | undefined): TableImage | undefined =>
    table !== undefined && findTable(context.before, table)
      ? tableImage(context.before, table, context.dialect)
      : undefined;
  const isRebuilt = (s: Statement): boolean => isStructural(s) && needsRebuild(s, () => imageOf(structuralTable(s)));
  const tables = new Set(statements.filter(isRebuilt).map(structuralTable));
  if (tables.size === 0) return statements;
  const built = new Set<string>();
  return statements.flatMap((statement): readonly Statement[] => {
    const table = structuralTable(statement);
    if (table === undefined || !tables.has(table)) return [statement];
    if (built.has(table)) return [];
    built.add(table);
    return rebuild(
      table,
      statements.filter((s) => structuralTable(s) === table),
      context,
    );
  });
}

function rebuild(
  table: string,
  changes: readonly Statement[],
  { before, after, dialect }: LowerContext,
): readonly Statement[] {
  if (!findTable(before, table) || !findTable(after, table)) return changes;
  const old = tableImage(before, table, dialect);
  return [
    {
      kind: "rebuildTable",
      before: old,
      after: tableImage(after, table, dialect),
      copy: copyOf(old, changes, dialect),
    },
  ];
}

/** What each column of the new table is filled from, found by following the statements over the columns of the old one. */
function copyOf(old: TableImage, changes: readonly Statement[], dialect: Dialect): RebuildTable["copy"] {
  const copy = new Map(old.columns.map((column) => [column.name, dialect.quote(column.name)]));
  for (const s of changes) {
    if (s.kind === "dropColumn") copy.delete(s.column.name);
    if (s.kind === "alterColumn" && s.using !== undefined) copy.set(s.after.name, `(${s.using})`);
    if (s.kind === "renameColumn") {
      const source = copy.get(s.from);
      copy.delete(s.from);
      if (source !== undefined) copy.set(s.to, source);
    }
    if (s.kind === "fillColumn") {
      const source = copy.get(s.column);
      copy.set(s.column, s.onlyNull && source !== undefined ? `COALESCE(${source}, ${s.value})` : `(${s.value})`);
    }
  }
  return Object.fromEntries(copy);
}

const structural = new Set<Statement["kind"]>([
  "addColumn",
  "dropColumn",
  "alterColumn",
  "renameColumn",
  "fillColumn",
  "createIndex",
  "dropIndex",
  "addForeignKey",
  "dropForeignKey",
  "addPrimaryKey",
  "dropPrimaryKey",
  "addConstraint",
  "dropConstraint",
  "renameConstraint",
  "alterOptions",
]);

const isStructural = (statement: Statement): boolean => structural.has(statement.kind);

function structuralTable(statement: Statement): string | undefined {
  if (statement.kind === "alterOptions") return statement.after.name;
  if (!isStructural(statement) || !("table" in statement)) return undefined;
  return typeof statement.table === "string" ? statement.table : statement.table.name;
}
