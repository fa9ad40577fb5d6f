import type { Row } from "../../core/ddl/dialect.ts";
import type { ForeignKeyImage } from "../../core/ddl/statement.ts";
import { type ReferentialAction, referentialActions } from "../../core/schema/model.ts";
import { foreignKeyName } from "../../core/schema/names.ts";
import { type DanglingKey, danglingReason } from "./dangling-keys.ts";
import { type GivenNames, givenNames } from "./given-names.ts";
import { byFoldedName, type LiveTable, named } from "./live-table.ts";
import { grouped, text } from "./rows-by.ts";

/** The foreign keys of a database. */
export interface LiveKeys {
  readonly names: GivenNames;
  /** Those of a table that point at something, in the order of declaration. */
  readonly of: ReadonlyMap<string, readonly ForeignKeyImage[]>;
  readonly dangling: readonly DanglingKey[];
}

export function liveKeys(tables: readonly LiveTable[], rows: readonly Row[]): LiveKeys {
  const byName = byFoldedName(tables);
  const names = givenNames(byName);
  const rowsOf = grouped(rows, "table");
  const dangling: DanglingKey[] = [];
  const of = new Map<string, readonly ForeignKeyImage[]>();
  for (const table of tables) {
    const own = rowsOf.get(table.name);
    if (!own) continue;
    const isSound = (key: ForeignKeyImage): boolean => {
      const reason = danglingReason(key, byName);
      if (reason !== undefined) dangling.push({ table: table.name, key, reason });
      return reason === undefined;
    };
    of.set(table.name, readKeys(table, own, { byName, names }).filter(isSound));
  }
  return { names, of, dangling };
}

/** The rows of one table, in the order of declaration; SQLite numbers its foreign keys from the last one backwards. */
function readKeys(
  table: LiveTable,
  rows: readonly Row[],
  { byName, names }: { readonly byName: ReadonlyMap<string, LiveTable>; readonly names: GivenNames },
): readonly ForeignKeyImage[] {
  const taken = table.text.foreignKeys.flatMap(({ name }) => name ?? []);
  const used: string[] = [];
  const keys = rows.length === 1 ? [rows] : [...grouped(rows, "id").values()].sort((a, b) => numberOf(b) - numberOf(a));
  return keys.map((columns, i) => {
    const first = columns[0] ?? {};
    const target = names.table(text(first, "target"));
    const { name: given, deferrable, matchFull } = table.text.foreignKeys[i] ?? {};
    const from = columns.map((c) => names.column(table.name, text(c, "from")));
    const own = given !== undefined && !used.includes(given) ? given : undefined;
    const name = own ?? freeKeyName(foreignKeyName(table.name, from), taken);
    used.push(name);
    taken.push(name);
    return {
      name,
      columns: from,
      table: target,
      referencedColumns:
        first["to"] === null
          ? (named(byName, target)?.key ?? [])
          : columns.map((c) => names.column(target, text(c, "to"))),
      onDelete: action(first["on_delete"]),
      onUpdate: action(first["on_update"]),
      ...(deferrable && { deferrable }),
      ...(matchFull && { matchFull }),
    };
  });
}

const numberOf = ([first]: readonly Row[]): number => Number(first?.["id"]);

/** Two keys of the same columns cannot have the same name. */
function freeKeyName(name: string, taken: readonly string[]): string {
  for (let n = 1; ; n++) {
    const numbered = n === 1 ? name : `${name}${n}`;
    if (!taken.includes(numbered)) return numbered;
  }
}

const action = (value: unknown): ReferentialAction => referentialActions.find((a) => a === value) ?? "NO ACTION";
