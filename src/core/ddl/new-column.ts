import { ToolError } from "../errors.ts";
import type { FieldPath } from "../schema/dependents.ts";
import { childrenOf } from "../schema/heritage.ts";
import type { Schema } from "../schema/model.ts";
import { findField, getTable } from "../schema/resolve.ts";
import type { Dialect } from "./dialect.ts";
import { isHeld } from "./image.ts";
import { partsOfFields } from "./remade-columns.ts";
import type { Column, Statement } from "./statement.ts";

interface Change {
  readonly before: Schema;
  readonly after: Schema;
  readonly dialect: Dialect;
}

/** What becomes of the values; as in a conversion in place, but `using` may be anything that an UPDATE takes. */
interface Values {
  readonly fill?: string | undefined;
  readonly using?: string | undefined;
}

/**
 * The statements that put a new column in the place of one: it is added, filled, and takes the name when the old one is gone, and then gets what stood on
 * that. Foreign keys are not among it. `computed` are columns that are made anew around it, with what stands on them. Throws ToolError `unsupported` for
 * columns of which there can be no second one.
 */
export function throughNewColumn(
  change: Change,
  { table, before, after }: { readonly table: string; readonly before: Column; readonly after: Column },
  { values, computed }: { readonly values: Values; readonly computed: readonly FieldPath[] },
): readonly Statement[] {
  const { dialect } = change;
  refuseUnlessPlain(change, table, { before, after });
  const whole = dialect.capabilities.changesInPlace !== undefined;
  if (whole) refuseIfKept(change, table, after.name);
  const fresh = { ...(whole ? after : bare(after)), name: freeName(change.before, table) };
  const filled = values.fill ?? (after.nullable ? undefined : after.default);
  const others = computed.filter((path) => path.table === table).map(({ field }) => field);
  const parts = partsOfFields(change, table, [after.name], others);
  const value = values.using ?? dialect.converted?.(before, after) ?? dialect.quote(before.name);
  const open = filled !== undefined && before.nullable;
  const fill: readonly Statement[] = whole
    ? [{ kind: "fillColumn", table, column: fresh.name, value: open ? `COALESCE(${value}, ${filled})` : value }]
    : [
        { kind: "fillColumn", table, column: fresh.name, value },
        ...(open ? [{ kind: "fillColumn", table, column: fresh.name, value: filled, onlyNull: true } as const] : []),
      ];
  return [
    { kind: "addColumn", table, column: fresh },
    ...fill,
    ...parts.drop,
    { kind: "dropColumn", table, column: before, again: true },
    { kind: "renameColumn", table, from: fresh.name, to: after.name },
    ...(whole ? [] : [{ kind: "alterColumn", table, before: bare(after), after, again: true } as const]),
    ...parts.make,
  ];
}

/** Whether no other table has its fields, nor it those of another one. */
export function standsByItself(schema: Schema, table: string): boolean {
  const { partitionBy, partitionOf, inherits } = getTable(schema, table);
  return !(partitionBy || partitionOf || inherits || childrenOf(schema, table).length > 0);
}

/** What it takes to hold the values; the rest comes when they are there. */
const bare = ({ name, type, collation, enumerated, domain }: Column): Column => ({
  name,
  type,
  nullable: true,
  ...(collation !== undefined && { collation }),
  ...(enumerated && { enumerated }),
  ...(domain !== undefined && { domain }),
});

function freeName(schema: Schema, table: string): string {
  const owner = getTable(schema, table);
  for (let n = 1; ; n++) {
    const name = `godwit_converted${n === 1 ? "" : `_${n}`}`;
    if (!findField(owner, name)) return name;
  }
}

/** Some databases do not drop a column that says where rows are kept. */
function refuseIfKept({ before, dialect }: Change, table: string, field: string): void {
  const { primaryKey: _, ...owner } = getTable(before, table);
  if (!isHeld(owner, field, dialect)) return;
  throw new ToolError(
    "unsupported",
    `${dialect.title} cannot change field "${field}" of table "${table}": another column would take its place, and options of the table hold on to it; set others first (setTableOptions), and these again afterwards`,
    { table, field },
  );
}

function refuseUnlessPlain(
  { before, dialect }: Change,
  table: string,
  column: { readonly before: Column; readonly after: Column },
): void {
  const { name } = column.after;
  const refuse = (why: string): never => {
    const message = `field "${name}" of table "${table}" cannot be changed by method new_column: ${why}; leave the method out`;
    throw new ToolError("unsupported", message, { table, field: name });
  };
  if (!standsByItself(before, table)) refuse("other tables have it from that one, or that one from others");
  if (column.before.generated || column.after.generated) refuse("the database computes it");
  if (dialect.capabilities.numbersKeysOnly && (column.before.autoIncrement || column.after.autoIncrement))
    refuse(`${dialect.title} numbers only one field of a table`);
}
