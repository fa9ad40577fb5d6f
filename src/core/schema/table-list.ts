import type { Table } from "./model.ts";

/**
 * The table of this name. What is asked for is nearly always what was added a moment ago, and there may be thousands before it, so the last ones are looked at
 * first. Lists that are asked for others time and again get an index.
 */
export function findInList(tables: readonly Table[], name: string): Table | undefined {
  const known = tables.length > LAST_ONES ? asked.get(tables) : undefined;
  if (typeof known === "object") return placed(known, tables, name);
  const first = Math.max(0, tables.length - LAST_ONES);
  for (let i = tables.length - 1; i >= first; i--) if (tables[i]?.name === name) return tables[i];
  return first === 0 ? undefined : findAmongMany(tables, name, known ?? 0);
}

/**
 * The list with a further table at its end. What is known of the list is handed on: thousands of migrations add a table each, and ask before whether there is
 * one of that name.
 */
export function extendList(tables: readonly Table[], table: Table): readonly Table[] {
  if (tables === mayGrow) return grow(mayGrow, table);
  // Not a spread, which takes twice as long: every migration that makes a table comes through here.
  const extended = tables.concat(table);
  const known = tables.length > LAST_ONES ? asked.get(tables) : undefined;
  if (typeof known === "number") asked.set(extended, known);
  // Another list may have been made out of this one before.
  if (typeof known !== "object" || known.size !== tables.length) return extended;
  known.set(table.name, { table, at: tables.length });
  asked.set(extended, known);
  return extended;
}

/**
 * Lets the list become longer where it is when it is extended the next time, which copying would make a new one of. Only for who alone has the list, and
 * looks at it no more: a thousand copies of up to a thousand tables are a tenth of what drawing the graph of as many migrations takes.
 */
export function letGrow(tables: readonly Table[]): void {
  mayGrow = tables as Table[];
}

let mayGrow: Table[] | undefined;

function grow(tables: Table[], table: Table): readonly Table[] {
  mayGrow = undefined;
  const known = asked.get(tables);
  if (typeof known === "object") {
    // An index that another list has extended speaks of places that this one is about to fill.
    if (known.size === tables.length) known.set(table.name, { table, at: tables.length });
    else asked.delete(tables);
  }
  tables.push(table);
  return tables;
}

const LAST_ONES = 16;

/** Tables by their names, of a list and of what it was extended to: what stands behind the end of a list is not in it. */
type Index = Map<string, { readonly table: Table; readonly at: number }>;

/** How often a list was asked, then its index. A list never changes. */
const asked = new WeakMap<readonly Table[], number | Index>();

function findAmongMany(tables: readonly Table[], name: string, times: number): Table | undefined {
  if (times < 8) {
    asked.set(tables, times + 1);
    return tables.findLast((table) => table.name === name);
  }
  const index: Index = new Map(tables.map((table, at) => [table.name, { table, at }]));
  asked.set(tables, index);
  return placed(index, tables, name);
}

function placed(index: Index, tables: readonly Table[], name: string): Table | undefined {
  const found = index.get(name);
  return found && found.at < tables.length ? found.table : undefined;
}
