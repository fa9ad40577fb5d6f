import type { LowerContext } from "../operations/define.ts";
import { addedValues, getEnum, usersOf } from "../schema/enums.ts";
import type { EnumType, Field, Schema, Table } from "../schema/model.ts";
import { findField, findTable, getField, getTable } from "../schema/resolve.ts";
import type { Dialect } from "./dialect.ts";
import { columnImage, enumCheck } from "./image.ts";
import type { Statement } from "./statement.ts";

/** What is to become of an enum. */
export interface EnumChange extends EnumType {
  readonly renames?: Readonly<Record<string, string>>;
  readonly mapping?: Readonly<Record<string, string>>;
}

/** The statements that give an enum other values: on the type where there is one, else on each column. */
export function alterEnum(change: EnumChange, context: LowerContext): readonly Statement[] {
  const { before, dialect } = context;
  if (dialect.enums.kind !== "types")
    return usersOf(before, change.name).flatMap((user) => alterUser(user, change, context));
  const old = getEnum(before, change.name);
  const renames = Object.entries(change.renames ?? {});
  const named = { ...old, values: old.values.map((value) => change.renames?.[value] ?? value) };
  const renaming = renames.map(([from, to]): Statement => ({ kind: "renameEnumValue", name: change.name, from, to }));
  const added = addedValues(named, change);
  if (added) return [...renaming, ...added.map((value): Statement => addition(change, value, added))];
  return [...renaming, remade(named, change, context)];
}

/** A value stands behind the one before it, which is there by then; the first one before the first that was there. */
function addition({ name, values }: EnumChange, value: string, added: readonly string[]): Statement {
  const at = values.indexOf(value);
  const previous = values[at - 1];
  const next = values.slice(at + 1).find((v) => !added.includes(v));
  return {
    kind: "addEnumValue",
    name,
    value,
    ...(previous !== undefined ? { after: previous } : next !== undefined && { before: next }),
  };
}

function remade(old: EnumType, change: EnumChange, { before, after, dialect }: LowerContext): Statement {
  const columns = usersOf(after, change.name).map(({ table, field }) => {
    const owner = getTable(before, table);
    return {
      table,
      before: columnImage(before, owner, getField(owner, field.name), dialect),
      after: columnImage(after, getTable(after, table), field, dialect),
    };
  });
  return { kind: "remakeEnum", name: old.name, values: change.values, mapping: change.mapping ?? {}, columns };
}

/** Where the values are in the column: it takes the old and the new ones for the moment in which rows change. */
function alterUser(
  { table, field }: { readonly table: string; readonly field: Field },
  change: EnumChange,
  { before, after, dialect }: LowerContext,
): readonly Statement[] {
  const values = { ...change.renames, ...change.mapping };
  const fill = conversion(values, field.name, dialect);
  const [old, now] = [placed(before, table, field.name), placed(after, table, field.name)];
  const column = columnImage(before, old.table, old.field, dialect);
  const final = columnImage(after, now.table, now.field, dialect);
  if (dialect.enums.kind === "check") {
    const [dropped, added] = [
      enumCheck(before, old.table, old.field, dialect),
      enumCheck(after, now.table, now.field, dialect),
    ];
    return [
      ...(dropped ? [{ kind: "dropConstraint", table, constraint: dropped } as const] : []),
      ...(fill === undefined ? [] : [{ kind: "fillColumn", table, column: field.name, value: fill } as const]),
      ...(column.default === final.default
        ? []
        : [{ kind: "alterColumn", table, before: column, after: final } as const]),
      ...(added ? [{ kind: "addConstraint", table, constraint: added } as const] : []),
    ];
  }
  const all = [...new Set([...getEnum(before, change.name).values, ...change.values])];
  const wide = { ...column, type: dialect.enums.kind === "inline" ? dialect.enums.between(all) : column.type };
  return [
    ...(fill === undefined
      ? []
      : [
          { kind: "alterColumn", table, before: column, after: wide } as const,
          { kind: "fillColumn", table, column: field.name, value: fill } as const,
        ]),
    { kind: "alterColumn", table, before: fill === undefined ? column : wide, after: final },
  ];
}

const placed = (schema: Schema, table: string, field: string): { readonly table: Table; readonly field: Field } => {
  const owner = getTable(schema, table);
  return { table: owner, field: getField(owner, field) };
};

/** `CASE "state" WHEN 'open' THEN 'new' ELSE "state" END` */
function conversion(values: Readonly<Record<string, string>>, field: string, dialect: Dialect): string | undefined {
  const entries = Object.entries(values);
  if (entries.length === 0) return undefined;
  const cases = entries.map(([from, to]) => `WHEN ${dialect.literal(from)} THEN ${dialect.literal(to)}`).join(" ");
  return `CASE ${dialect.quote(field)} ${cases} ELSE ${dialect.quote(field)} END`;
}

/**
 * The statement that makes or drops the check of a field that is of an enum, where a database has no other way to hold it to that;
 * none where `unless`, another state of the same table, has the same check.
 */
export function enumCheckChange(
  kind: "addConstraint" | "dropConstraint",
  { table, field, schema, unless }: CheckedField,
  dialect: Dialect,
): readonly Statement[] {
  const check = (state: Schema) => {
    const owner = findTable(state, table);
    const found = owner && findField(owner, field);
    return owner && found && enumCheck(state, owner, found, dialect);
  };
  const constraint = check(schema);
  const same = unless && check(unless)?.check === constraint?.check;
  return constraint && !same ? [{ kind, table, constraint }] : [];
}

interface CheckedField {
  readonly table: string;
  readonly field: string;
  readonly schema: Schema;
  readonly unless?: Schema;
}
