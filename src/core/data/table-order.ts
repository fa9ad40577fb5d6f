import type { Dialect } from "../ddl/dialect.ts";
import { schemaOfLive } from "../ddl/live.ts";
import type { ForeignKeyImage, TableImage } from "../ddl/statement.ts";
import { ToolError } from "../errors.ts";
import { sortTables } from "../schema/sort.ts";
import { type KeyedTable, openColumns } from "./circles.ts";

/** A table among those whose rows are wanted. */
export interface PlacedTable extends KeyedTable {
  /** Columns that are NULL until rows of a later table are there. */
  readonly open: readonly string[];
  /** A foreign key to a later table is checked only when the transaction ends, so that all rows have to be in one. */
  readonly waits: boolean;
}

/**
 * Tables after those that they refer to. Where they refer to one another in a circle, one of them goes in with NULL, or with a foreign key that is
 * initially deferred. Throws ToolError `unsupported`, with the tables and their columns, where neither is possible.
 */
export function placedTables(keyed: readonly KeyedTable[], dialect: Dialect): readonly PlacedTable[] {
  const first = placed(keyed, keyed, dialect);
  const order = first.some(({ closed }) => closed) ? placed(keyed, withoutOpen(keyed), dialect) : first;
  const stuck = order.find(({ closed }) => closed);
  if (stuck) throw closedCircle(order, stuck);
  return order.map(({ closed: _, ...table }) => table);
}

interface Judged extends PlacedTable {
  /** What cannot wait for a later table. */
  readonly closed: ForeignKeyImage | undefined;
}

/** `ordering`: the same tables with the foreign keys that count for the order. */
function placed(keyed: readonly KeyedTable[], ordering: readonly KeyedTable[], dialect: Dialect): readonly Judged[] {
  const tables = ordering.map(({ table }) => table);
  const names = sortTables(schemaOfLive({ tables }, dialect).tables).order.map(({ name }) => name);
  const order = names.flatMap((name) => keyed.find(({ table }) => table.name === name) ?? []);
  return order.map((own, place) => {
    const late = own.table.foreignKeys.filter((key) => names.indexOf(key.table) > place);
    const closed = late.filter((key) => openColumns(own, key).length === 0);
    return {
      ...own,
      open: [...new Set(late.flatMap((key) => openColumns(own, key)))],
      waits: closed.some(isDeferred),
      closed: closed.find((key) => !isDeferred(key)),
    };
  });
}

const isDeferred = ({ deferrable }: ForeignKeyImage): boolean => deferrable === "deferred";

/** Within circles, only what cannot wait decides. */
function withoutOpen(keyed: readonly KeyedTable[]): readonly KeyedTable[] {
  const reach = reachable(keyed.map(({ table }) => table));
  return keyed.map((own) => ({
    ...own,
    table: {
      ...own.table,
      foreignKeys: own.table.foreignKeys.filter(
        (key) => !reach(key.table, own.table.name) || (openColumns(own, key).length === 0 && !isDeferred(key)),
      ),
    },
  }));
}

function reachable(tables: readonly TableImage[]): (from: string, to: string) => boolean {
  const targets = new Map(tables.map(({ name, foreignKeys }) => [name, foreignKeys.map((key) => key.table)]));
  return (from, to) => {
    const seen = new Set<string>();
    const open = [from];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (name === to) return true;
      if (seen.has(name)) continue;
      seen.add(name);
      open.push(...(targets.get(name) ?? []));
    }
    return false;
  };
}

function closedCircle(order: readonly Judged[], { table, closed }: Judged): ToolError {
  const target = closed?.table ?? "";
  const reach = reachable(order.map((each) => each.table));
  const circle = order.filter(({ table: { name } }) => reach(target, name) && reach(name, table.name));
  const names = circle.map((each) => `"${each.table.name}"`).join(", ");
  const columns = circle.flatMap((each) =>
    each.table.foreignKeys
      .filter((key) => circle.some((other) => other.table.name === key.table && other !== each))
      .map((key) => `${key.columns.map((column) => `"${each.table.name}"."${column}"`).join(", ")} → "${key.table}"`),
  );
  return new ToolError(
    "unsupported",
    `the tables ${names} refer to each other (${columns.join("; ")}), and none of these foreign keys may be NULL or is initially deferred, so that no row can go in first; make one of them so`,
    { tables: circle.map((each) => each.table.name) },
  );
}
