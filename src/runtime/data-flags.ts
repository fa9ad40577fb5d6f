import { ToolError } from "../core/errors.ts";

/** Flags of `generate data`, as they were given. */
export interface DataFlags {
  /** `table:condition`, or a condition for every table. */
  readonly where?: readonly string[] | undefined;
  /** `table:column,column`, or columns for every table. */
  readonly conflictKeys?: readonly string[] | undefined;
  /** `table:SQL`, or SQL for every table: which rows come first where there is a limit. */
  readonly order?: readonly string[] | undefined;
}

/** The same, table by table. */
export interface DataChoices {
  conditionsOf(table: string): readonly string[];
  keysOf(table: string): readonly string[] | undefined;
  orderOf(table: string): string | undefined;
}

/**
 * Sorts the flags by table. What stands before a colon is a table only if it is one of those named: SQL has colons too. Throws
 * ToolError `usage` for an empty condition, key or order, and a key or an order that is given twice.
 */
export function dataChoices(
  { where = [], conflictKeys = [], order = [] }: DataFlags,
  tables: readonly string[],
): DataChoices {
  const conditions = where.map((text) => addressed("--where", text, tables));
  const keys = conflictKeys.map((text) => addressed("--conflict-key", text, tables));
  const keyOf = oneEach(keys, tables);
  const orderOf = oneEach(
    order.map((text) => addressed("--order", text, tables)),
    tables,
  );
  return {
    conditionsOf: (table) => conditions.filter((c) => c.table === undefined || c.table === table).map((c) => c.text),
    keysOf: (table) =>
      keyOf(table)
        ?.text.split(",")
        .map((column) => column.trim()),
    orderOf: (table) => orderOf(table)?.text,
  };
}

/** What is said of a table, else what is said of all of them. */
function oneEach(list: readonly Addressed[], tables: readonly string[]): (table: string) => Addressed | undefined {
  const ofAll = theOnly(list.filter(({ table }) => table === undefined));
  const byTable = new Map(tables.map((name) => [name, theOnly(list.filter(({ table }) => table === name))]));
  return (table) => byTable.get(table) ?? ofAll;
}

interface Addressed {
  readonly flag: string;
  readonly given: string;
  /** Absent: for every table. */
  readonly table?: string;
  readonly text: string;
}

/** Names may hold a colon themselves, so the longest one that fits is meant. */
function addressed(flag: string, given: string, tables: readonly string[]): Addressed {
  const [table] = tables.filter((name) => given.startsWith(`${name}:`)).toSorted((a, b) => b.length - a.length);
  const text = table === undefined ? given : given.slice(table.length + 1);
  if (text.trim() === "" || (flag === "--conflict-key" && text.split(",").some((part) => part.trim() === "")))
    throw new ToolError("usage", `${flag} "${given}" is empty, in whole or in part`, { flag, value: given });
  return { flag, given, ...(table !== undefined && { table }), text };
}

function theOnly([first, second]: readonly Addressed[]): Addressed | undefined {
  if (!first || !second) return first;
  const whose = first.table === undefined ? "for every table" : `for table "${first.table}"`;
  const what = `${first.flag} is given twice ${whose}: "${first.given}" and "${second.given}"`;
  throw new ToolError("usage", `${what}; say all of it in one, separated by commas`, {
    flag: first.flag,
  });
}
