import { type Command, execute } from "../../core/ddl/dialect.ts";
import type { AlterColumn, Column, StatementOf } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { columnDefinition, hasValue, typeOf } from "./columns.ts";
import { canonicalDefault } from "./defaults.ts";
import { quote as q } from "./quote.ts";
import { canonicalType } from "./types.ts";

/** The rows that are there would get an empty text or a zero, without a word, where nothing says what they are to have. */
export function addColumn({ table, column }: StatementOf<"addColumn">): readonly Command[] {
  if (column.autoIncrement)
    throw cannot(
      "add",
      { table, column },
      "it numbers only columns that a table was made with; make a new table, copy the rows and exchange the two",
    );
  const add = execute(`ALTER TABLE ${q(table)} ADD COLUMN ${columnDefinition(column, table)}`);
  if (hasValue(column, table)) return [add];
  const refuseRows: Command = {
    kind: "check",
    sql: `SELECT 1 FROM ${q(table)} LIMIT 1`,
    message: `table "${table}" has rows, and the new column "${column.name}" is NOT NULL without a default: give it one, or say what to fill it with`,
  };
  return [refuseRows, add];
}

/**
 * MODIFY COLUMN says all of the column again, and cannot say everything:
 * https://docs.starrocks.io/docs/sql-reference/sql-statements/table_bucket_part_index/ALTER_TABLE/#modify-the-column-type-position-comment-and-other-properties
 * Throws ToolError `unsupported` for the rest.
 */
export function alterColumn(statement: AlterColumn): readonly Command[] {
  const { table, before, after, using, held } = statement;
  const no = (why: string): ToolError => cannot("change", { table, column: after }, why);
  const [from, to] = [canonicalType(typeOf(before)), canonicalType(typeOf(after))];
  const modify = execute(`ALTER TABLE ${q(table)} MODIFY COLUMN ${columnDefinition(after, table)}`);
  if (held && (from !== to || before.nullable !== after.nullable))
    throw no("its key or an option of the table holds on to it; make a new table, copy the rows and exchange the two");
  if (before.nullable && !after.nullable && !after.generated) throw no("a column that may be NULL stays so there");
  if (!before.autoIncrement !== !after.autoIncrement)
    throw no("whether a column numbers itself is settled when the table is made");
  if (!sameDefault(before, after)) throw no("the default of a column stays as it is there");
  if (before.options?.["aggregate"] !== after.options?.["aggregate"])
    throw no("how its values become one stays as it is");
  if (before.generated?.as !== after.generated?.as)
    throw no("what it is computed from stays as it is; drop it, and add it anew");
  if (using !== undefined) {
    if (from !== to)
      throw no("values can be converted there only as the database does it; add a field, fill it, and drop this one");
    return [execute(`UPDATE ${q(table)} SET ${q(after.name)} = ${using} WHERE true`), modify];
  }
  if (from !== to && !converts(from, to))
    throw no(`StarRocks does not make ${after.type} of ${before.type}; add a field, fill it, and drop this one`);
  return [modify];
}

const sameDefault = (before: Column, after: Column): boolean =>
  canonicalDefault(before.default ?? "NULL", before.type) === canonicalDefault(after.default ?? "NULL", after.type);

/** As `ColumnType` of the frontend has it: whole numbers grow, texts grow, texts become numbers and dates, and what is written out becomes a text. */
function converts(from: string, to: string): boolean {
  const [[a, n, s], [b, m, t]] = [partsOf(from), partsOf(to)];
  if (a === "decimal" && b === "decimal") return s <= t && n - s <= m - t;
  if (a === "decimal") return b === "varchar" && m >= n + 3;
  if (b === "decimal") return a === "varchar";
  if ((a === "varchar" || a === "char") && (b === "varchar" || (a === "char" && b === "char"))) return m >= n;
  if (a === "json" && b === "varchar") return m > 16;
  return (conversions[a] ?? []).includes(b);
}

const partsOf = (type: string): readonly [string, number, number] => {
  const [, base = type, first = "0", second = "0"] = /^(\w+)(?:\((\d+)(?:,(\d+))?\))?$/.exec(type) ?? [];
  return [base, Number(first), Number(second)];
};

const conversions: Readonly<Record<string, readonly string[]>> = {
  tinyint: ["smallint", "int", "bigint", "largeint", "double", "varchar"],
  smallint: ["int", "bigint", "largeint", "double", "varchar"],
  int: ["bigint", "largeint", "double", "date", "varchar"],
  bigint: ["largeint", "double", "varchar"],
  largeint: ["varchar"],
  float: ["double", "varchar"],
  double: ["varchar"],
  varchar: ["tinyint", "smallint", "int", "bigint", "largeint", "float", "double", "date", "json"],
  datetime: ["date"],
  date: ["datetime"],
};

const cannot = (
  verb: string,
  { table, column }: { readonly table: string; readonly column: Column },
  why: string,
): ToolError =>
  new ToolError("unsupported", `StarRocks cannot ${verb} the column "${column.name}" of table "${table}": ${why}`, {
    table,
    column: column.name,
  });
