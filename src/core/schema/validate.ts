import type { Position } from "../errors.ts";
import { type Check, checkLength, type LimitedDialects, type Place, suggestion } from "./check.ts";
import { constraintFields, constraintsOf } from "./constraints.ts";
import { isInTree, parentsOf } from "./heritage.ts";
import { fieldsOfIndex } from "./index-fields.ts";
import { missingIndexes } from "./index-options.ts";
import type { Field, Schema, Table } from "./model.ts";
import { namespaceNames, placeOf, qualifiedName } from "./namespaces.ts";
import type { Notes } from "./problem.ts";
import { findField, findTable } from "./resolve.ts";
import { treeComplaints } from "./tree.ts";
import { chainOfKeys, checkForeignKeys } from "./validate-keys.ts";

export interface ValidateOptions {
  /** Where a part of the schema was declared. */
  readonly at?: (place: Place) => Position | undefined;
  /** The databases it is meant for; their limits count too. */
  readonly dialects?: LimitedDialects;
}

/** Checks what only the schema as a whole can tell: references, keys, names that clash, limits of the databases. */
export function validateSchema(schema: Schema, options: ValidateOptions = {}): Notes {
  const notes: Notes = { problems: [], warnings: [] };
  const note = (kind: keyof Notes) => (message: string, place: Place) => {
    const position = options.at?.(place);
    notes[kind].push({ message, ...(position && { position }) });
  };
  const check: Check = { schema, dialects: options.dialects ?? [], wrong: note("problems"), odd: note("warnings") };
  checkNames(check);
  for (const table of schema.tables) {
    checkTable(check, table);
    for (const { message, key } of isInTree(table) ? treeComplaints(schema, table) : [])
      check.wrong(message, { table: table.name, key });
    checkForeignKeys(check, table);
    checkConstraints(check, table);
    for (const field of table.fields) checkField(check, table, field);
  }
  return notes;
}

/**
 * Tables and indexes share one name space in PostgreSQL and SQLite, and SQLite, MySQL and SQL Server do not tell upper from
 * lower case.
 */
function checkNames(check: Check): void {
  const namespaces = namespaceNames(check.schema);
  const taken = new Map<string, string>();
  const claim = (name: string, title: string, place: Place) => {
    const other = taken.get(name.toLowerCase());
    if (other === undefined) taken.set(name.toLowerCase(), title);
    else
      check.wrong(
        `${title} and ${other} cannot both exist: names of tables and indexes must differ in more than case`,
        place,
      );
    checkLength(check, qualifiedName(name, namespaces)?.name ?? name, title, place);
  };
  for (const { name } of check.schema.tables) claim(name, `table "${name}"`, { table: name });
  for (const table of check.schema.tables) {
    for (const { name } of table.indexes)
      claim(placeOf(name, table.name, namespaces), `index "${name}" of table "${table.name}"`, {
        table: table.name,
        index: name,
      });
  }
}

function checkTable(check: Check, table: Table): void {
  const title = `table "${table.name}"`;
  const has = (name: string) => findField(table, name) !== undefined;
  const names = table.fields.map((f) => f.name);
  const lower = new Map<string, string>();
  for (const name of names) {
    const other = lower.get(name.toLowerCase());
    lower.set(name.toLowerCase(), name);
    if (other !== undefined)
      check.wrong(`fields "${other}" and "${name}" of ${title} must differ in more than case`, {
        table: table.name,
        field: name,
      });
    checkLength(check, name, `field "${table.name}.${name}"`, { table: table.name, field: name });
  }
  if (names.length === 0 && parentsOf(table).length === 0)
    check.wrong(`${title} needs at least one field that is not many_to_many`, { table: table.name });
  for (const name of [...(table.primaryKey ?? []), ...(table.primaryKeyInclude ?? [])].filter((n) => !has(n))) {
    check.wrong(`the primary key of ${title} names field "${name}", which it does not have${suggestion(name, names)}`, {
      table: table.name,
      key: "primary_key",
    });
  }
  for (const { key, index } of table.partitionOf ? [] : missingIndexes(table))
    check.wrong(`option "${key}" of ${title} names index "${index}", which it does not have`, {
      table: table.name,
      key: "options",
    });
  for (const index of table.indexes) {
    for (const name of [...fieldsOfIndex(index), ...(index.include ?? [])].filter((n) => !has(n))) {
      check.wrong(
        `index "${index.name}" of ${title} names field "${name}", which it does not have${suggestion(name, names)}`,
        { table: table.name, index: index.name, key: "fields" },
      );
    }
  }
}

function checkConstraints(check: Check, table: Table): void {
  const names = table.fields.map((f) => f.name);
  const taken = new Set(table.foreignKeys.map((key) => key.name));
  for (const constraint of constraintsOf(table)) {
    const place: Place = { table: table.name, constraint: constraint.name };
    const title = `constraint "${constraint.name}" of table "${table.name}"`;
    if (taken.has(constraint.name))
      check.wrong(`table "${table.name}" has two constraints named "${constraint.name}"`, place);
    taken.add(constraint.name);
    checkLength(check, constraint.name, title, place);
    for (const name of constraintFields(constraint).filter((n) => !names.includes(n)))
      check.wrong(`${title} names field "${name}", which it does not have${suggestion(name, names)}`, place);
  }
}

function checkField(check: Check, table: Table, field: Field): void {
  const place: Place = { table: table.name, field: field.name };
  const title = `field "${table.name}.${field.name}"`;
  for (const { title: database, capabilities } of check.dialects) {
    const { maxVarcharLength = Number.POSITIVE_INFINITY, maxDecimalPrecision = Number.POSITIVE_INFINITY } =
      capabilities;
    if (field.type === "varchar" && (field.length ?? 0) > maxVarcharLength) {
      check.wrong(`${title}: "length" ${field.length} is more than ${database} allows, ${maxVarcharLength}`, {
        ...place,
        key: "length",
      });
    }
    if (field.type === "decimal" && (field.precision ?? 0) > maxDecimalPrecision) {
      check.wrong(`${title}: "precision" ${field.precision} is more than ${database} allows, ${maxDecimalPrecision}`, {
        ...place,
        key: "precision",
      });
    }
  }
  if (field.type !== "foreign_key") return;
  const chain = chainOfKeys(check.schema, field);
  if (chain)
    check.wrong(
      `${title} takes its type from a chain of keys that never ends: ${chain.join(" → ")}; give one of them a type of its own`,
      { ...place, key: "type" },
    );
  const target = field.references ?? "";
  const constrained = table.foreignKeys.some(
    (key) => key.fields.length === 1 && key.fields[0] === field.name && key.references.table === target,
  );
  if (constrained || target === "") return;
  if (findTable(check.schema, target)?.primaryKey?.length !== 1) {
    check.wrong(
      `${title} takes the type of the key of "${target}", which is not a table with a primary key of one field`,
      place,
    );
  }
}
