import type { Dialect } from "../ddl/dialect.ts";
import { constraintsOf } from "../schema/constraints.ts";
import { elementOf, indexField } from "../schema/index-fields.ts";
import type { Constraint, Field, Index, Schema, Table } from "../schema/model.ts";
import { equalTypes, findField, findTable, resolveType } from "../schema/resolve.ts";
import { mentionsName } from "../schema/sql-names.ts";

/**
 * The new schema with expressions in the words of the old one wherever the dialect reads both as the same, so that other spellings are no change. Only
 * where the fields that they speak of have kept their types: what is the same for one type need not be for another.
 */
export function inOldWords(from: Schema, to: Schema, { sameExpression }: Pick<Dialect, "sameExpression">): Schema {
  if (!sameExpression) return to;
  return {
    ...to,
    tables: to.tables.map((table) => {
      const old = findTable(from, table.name);
      if (!old) return table;
      return tableIn(table, old, (text, before) => {
        if (text === before || before === undefined) return text;
        const types = keptTypes({ schema: to, table, text }, { schema: from, table: old, text: before });
        return types && sameExpression(before, text, types) ? before : text;
      });
    }),
  };
}

/** The old text, if it says the same, or else the new one. */
type Words = (text: string, before: string | undefined) => string;

interface Said {
  readonly schema: Schema;
  readonly table: Table;
  readonly text: string;
}

/** The types of the fields that either text speaks of; `undefined` where one is not what it was. */
function keptTypes(now: Said, before: Said): readonly string[] | undefined {
  const names = [...now.table.fields, ...before.table.fields]
    .map(({ name }) => name)
    .filter((name) => mentionsName(now.text, name) || mentionsName(before.text, name));
  const types: string[] = [];
  for (const name of new Set(names)) {
    const [field, old] = [findField(now.table, name), findField(before.table, name)];
    if (!field || !old) return undefined;
    const [type, was] = [resolveType(now.schema, field), resolveType(before.schema, old)];
    if (!equalTypes(type, was)) return undefined;
    types.push(type.type);
  }
  return types;
}

function tableIn(table: Table, old: Table, words: Words): Table {
  const fieldIn = (field: Field): Field => {
    const before = findField(old, field.name)?.generated?.as;
    return field.generated
      ? { ...field, generated: { ...field.generated, as: words(field.generated.as, before) } }
      : field;
  };
  return {
    ...table,
    fields: table.fields.map(fieldIn),
    indexes: table.indexes.map((index) => {
      const before = old.indexes.find(({ name }) => name === index.name);
      return before ? indexIn(index, before, words) : index;
    }),
    ...(table.constraints && {
      constraints: table.constraints.map((constraint) => {
        const before = constraintsOf(old).find(({ name }) => name === constraint.name);
        return before ? constraintIn(constraint, before, words) : constraint;
      }),
    }),
  };
}

const indexIn = (index: Index, before: Index, words: Words): Index => ({
  ...index,
  fields: index.fields.map((field, i) => {
    const element = elementOf(field);
    if (element.expression === undefined) return field;
    return indexField({
      ...element,
      expression: words(element.expression, elementOf(before.fields[i] ?? "").expression),
    });
  }),
  ...(index.where !== undefined && { where: words(index.where, before.where) }),
});

function constraintIn(constraint: Constraint, before: Constraint, words: Words): Constraint {
  if ("check" in constraint)
    return "check" in before ? { ...constraint, check: words(constraint.check, before.check) } : constraint;
  if ("unique" in constraint || !("exclude" in before) || constraint.where === undefined) return constraint;
  return { ...constraint, where: words(constraint.where, before.where) };
}
