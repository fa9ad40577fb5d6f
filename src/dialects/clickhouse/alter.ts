import { type Command, execute } from "../../core/ddl/dialect.ts";
import type { Column, StatementOf } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { removedOptions, sameOptions } from "./column-options.ts";
import { hasValue, modifiedDefinition, storedType } from "./columns.ts";
import { enums } from "./enums.ts";
import { quote as q, stringLiteral } from "./quote.ts";
import { canonicalType, isNeverNull, nullableType } from "./types.ts";

/**
 * What changes a column in place. A value that does not fit the new type would leave a mutation that fails for ever, with the table changed
 * already, so such values are looked for beforehand. With `using`, a column beside it is filled and takes its place.
 */
export function alterColumn(statement: StatementOf<"alterColumn">): readonly Command[] {
  const { table, before, after, using } = statement;
  if (using === undefined && isRenumbered(before.type, after.type)) return byText(statement);
  const isOther =
    !sameOptions(before, after) ||
    before.nullable !== after.nullable ||
    before.default !== after.default ||
    before.type !== after.type;
  return [
    ...removedOptions(before, after).map((end) =>
      execute(`ALTER TABLE ${q(table)} MODIFY COLUMN ${q(before.name)} ${end}`),
    ),
    ...(isOther || before.comment === after.comment ? changed(statement) : []),
    ...(before.comment === after.comment ? [] : [described(table, after)]),
  ];
}

const described = (table: string, { name, comment = "" }: Column): Command =>
  execute(`ALTER TABLE ${q(table)} COMMENT COLUMN ${q(name)} ${stringLiteral(comment)}`);

function changed(statement: StatementOf<"alterColumn">): readonly Command[] {
  const { table, before, after, using } = statement;
  const converts = canonicalType(before.type) !== canonicalType(after.type);
  if (statement.held && (converts || before.nullable !== after.nullable)) throw sortedBy(table, before.name);
  if (using !== undefined && converts) return replaced(statement, using);
  if (converts && !canConvert(before.type, after.type)) throw noConversion(statement);
  const at = `ALTER TABLE ${q(table)} MODIFY COLUMN`;
  const drops = before.default !== undefined && after.default === undefined;
  return [
    ...(drops && !/^null$/i.test(before.default ?? "") ? [execute(`${at} ${q(after.name)} REMOVE DEFAULT`)] : []),
    ...(before.nullable && !after.nullable ? [refuseNulls(table, after.name)] : []),
    ...(converts ? [refuseOthers(statement)] : []),
    ...modified(statement, at),
  ];
}

/** A value of an enum is stored as its number, and other values have other numbers. */
function isRenumbered(before: string, after: string): boolean {
  const [old, next] = [enums.valuesOf(before), enums.valuesOf(after)];
  return old !== undefined && next !== undefined && canonicalType(before) !== canonicalType(after);
}

function byText(statement: StatementOf<"alterColumn">): readonly Command[] {
  const text = { ...statement.before, type: "String" };
  return [...alterColumn({ ...statement, after: text }), ...alterColumn({ ...statement, before: text })];
}

/** To lose its NULLs, a column needs a default, which then may go again: no row takes it. */
function modified({ table, before, after }: StatementOf<"alterColumn">, at: string): readonly Command[] {
  const plain = modifiedDefinition(after, table);
  if (!before.nullable || after.nullable || hasValue(after)) return [execute(`${at} ${plain}`)];
  return [
    execute(`${at} ${plain} DEFAULT defaultValueOfTypeName(${stringLiteral(after.type)})`),
    execute(`${at} ${q(after.name)} REMOVE DEFAULT`),
  ];
}

/** Throws ToolError `unsupported` for what ClickHouse would refuse: it sorts by the column, or takes its name apart. */
export function renameColumn({ table, from, to, held }: StatementOf<"renameColumn">): readonly Command[] {
  if (held) throw sortedBy(table, from);
  if (`${from}${to}`.includes("."))
    throw new ToolError(
      "unsupported",
      `ClickHouse cannot rename column "${from}" of table "${table}" to "${to}": a dot in a name there means a part of a nested column`,
      { table, column: from },
    );
  return [execute(`ALTER TABLE ${q(table)} RENAME COLUMN ${q(from)} TO ${q(to)}`)];
}

const sortedBy = (table: string, column: string): ToolError =>
  new ToolError(
    "unsupported",
    `ClickHouse cannot change column "${column}" of table "${table}": the primary key or an option of the table holds on to it, and so the order of the rows on disk may; make a new table, copy the rows and exchange the two`,
    { table, column },
  );

/** Whether a column can change its type without a word about how: lists and the like are never what a value may fail to become. */
const canConvert = (from: string, to: string): boolean =>
  !isNeverNull(to) && !(canonicalType(to) === "UUID" && !/String/.test(canonicalType(from)));

const noConversion = ({ table, before, after }: StatementOf<"alterColumn">): ToolError =>
  new ToolError(
    "unsupported",
    `ClickHouse cannot make ${after.type} of the values of column "${before.name}" of table "${table}", which are ${before.type}, by itself: say how, with using`,
    { table, column: before.name },
  );

const refuseNulls = (table: string, column: string): Command => ({
  kind: "check",
  sql: `SELECT 1 FROM ${q(table)} WHERE ${q(column)} IS NULL LIMIT 1`,
  message: `table "${table}" has rows in which "${column}" is NULL, and it is to be NOT NULL: say what to fill it with`,
});

const refuseOthers = ({ table, after }: StatementOf<"alterColumn">): Command => ({
  kind: "check",
  sql: `SELECT 1 FROM ${q(table)} WHERE ${q(after.name)} IS NOT NULL AND CAST(${q(after.name)}, ${stringLiteral(nullableType("String"))}) IS NOT NULL AND accurateCastOrNull(${q(after.name)}, ${stringLiteral(plainType(after.type))}) IS NULL LIMIT 1`,
  message: `table "${table}" has rows in which "${after.name}" has no value of type ${after.type}: correct them, or say how to convert them`,
});

/** Of low cardinality or not, a type has the same values; only the plain one can be inside of Nullable. */
const plainType = (type: string): string => /^LowCardinality\((.*)\)$/s.exec(type)?.[1] ?? type;

/** Its place among the columns is kept. */
function replaced({ table, before, after }: StatementOf<"alterColumn">, using: string): readonly Command[] {
  const name = `${after.name} (new)`;
  const alter = (change: string): Command => execute(`ALTER TABLE ${q(table)} ${change}`);
  const { options: _, ...plain } = after;
  const open = { ...plain, name, nullable: true };
  return [
    alter(`ADD COLUMN ${q(name)} ${storedType(open, table)} AFTER ${q(before.name)}`),
    alter(`UPDATE ${q(name)} = ${using} WHERE true SETTINGS mutations_sync = 1`),
    alter(`DROP COLUMN ${q(before.name)}`),
    alter(`RENAME COLUMN ${q(name)} TO ${q(after.name)}`),
    ...(before.comment === undefined ? [] : [described(table, { ...after, comment: before.comment })]),
    ...(after.nullable ? [] : [refuseNulls(table, after.name)]),
    ...modified(
      { kind: "alterColumn", table, before: { ...open, name: after.name }, after },
      `ALTER TABLE ${q(table)} MODIFY COLUMN`,
    ),
  ];
}
