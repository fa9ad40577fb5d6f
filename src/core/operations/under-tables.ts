import { aroundColumns } from "../ddl/around-columns.ts";
import { columnImage } from "../ddl/image.ts";
import { remadeColumns } from "../ddl/remade-columns.ts";
import type { Statement } from "../ddl/statement.ts";
import { getField, getTable } from "../schema/resolve.ts";
import { mentions } from "../schema/sql-text.ts";
import type { LowerContext } from "./define.ts";
import type { RemadeColumn } from "./made-anew.ts";

/** Statements that make a function anew, with the defaults, computed fields, checks and indexes that call it around them. */
export function underTables(
  name: string,
  statements: readonly Statement[],
  context: LowerContext,
): readonly Statement[] {
  const columns = callersOf(name, context);
  const generated = columns.filter(({ after }) => after.generated);
  const computed = remadeColumns(context, [], generated);
  const gone = computed.drop.flatMap((s) =>
    s.kind === "dropColumn" ? [{ table: s.table, field: s.column.name }] : [],
  );
  const around = aroundColumns(context, name, { fields: [], gone });
  const given = columns.filter(({ after }) => !after.generated);
  return [
    ...around.drop,
    ...computed.drop,
    ...given.map(({ table, before }): Statement => ({ kind: "alterColumn", table, before, after: bare(before) })),
    ...statements,
    ...given.map(({ table, after }): Statement => ({ kind: "alterColumn", table, before: bare(after), after })),
    ...computed.make,
    ...around.make,
  ];
}

/** The columns with a default or an expression that calls it. */
const callersOf = (name: string, { before, after, dialect }: LowerContext): readonly RemadeColumn[] =>
  after.tables.flatMap((table) =>
    table.fields.flatMap((field) => {
      const now = columnImage(after, table, field, dialect);
      if (![now.default ?? "", now.generated?.as ?? ""].some((text) => mentions(text, name))) return [];
      const old = getTable(before, table.name);
      return [{ table: table.name, before: columnImage(before, old, getField(old, field.name), dialect), after: now }];
    }),
  );

function bare({ default: _, ...column }: RemadeColumn["after"]): RemadeColumn["after"] {
  return column;
}
