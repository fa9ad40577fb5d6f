import { type Command, execute } from "../../core/ddl/dialect.ts";
import { quoteQualified } from "../../core/ddl/qualified.ts";
import type { Column, StatementOf } from "../../core/ddl/statement.ts";
import { columnDefinition } from "./columns.ts";
import { canonicalColumnOptions } from "./options.ts";
import { quote as plain, stringLiteral } from "./quote.ts";
import { cannot } from "./refusal.ts";
import { bytesOf, canonicalType } from "./types.ts";

const quote = quoteQualified(plain);

/**
 * A VARCHAR without a default may take more or fewer bytes, and a column another compression; all else is another column:
 * https://docs.aws.amazon.com/redshift/latest/dg/r_ALTER_TABLE.html
 */
export function changesInPlace(before: Column, after: Column): boolean {
  const resized = canonicalType(before.type) !== canonicalType(after.type);
  const [old, next] = [bytesOf(before.type), bytesOf(after.type)];
  const plainVarchar = old !== undefined && next !== undefined && next > old && before.default === undefined;
  return (
    before.nullable === after.nullable &&
    before.default === after.default &&
    before.collation === after.collation &&
    numbersAlike(before, after) &&
    (!resized || plainVarchar)
  );
}

const numbersAlike = (before: Column, after: Column): boolean =>
  Boolean(before.autoIncrement) === Boolean(after.autoIncrement) &&
  JSON.stringify(before.identity ?? before.sequence ?? {}) === JSON.stringify(after.identity ?? after.sequence ?? {});

export function alterColumn({ table, before, after, held }: StatementOf<"alterColumn">): readonly Command[] {
  refuse({ table, before, after }, held === true);
  const at = `ALTER TABLE ${quote(table)} ALTER COLUMN ${quote(after.name)}`;
  const [old, next] = [before, after].map(({ options = {} }) => canonicalColumnOptions(options, table)["encode"]);
  if (old !== next && next === undefined)
    throw cannot(
      `leave the compression of column "${after.name}" of table "${table}" to itself`,
      "a column that was told one keeps it; name another, or set the option encode: auto of the table",
      { table, column: after.name },
    );
  return [
    ...(canonicalType(before.type) === canonicalType(after.type) ? [] : [execute(`${at} TYPE ${after.type}`)]),
    ...(old === next ? [] : [execute(`${at} ENCODE ${next?.toUpperCase()}`)]),
    ...(before.comment === after.comment ? [] : [describeColumn(table, after)]),
  ];
}

function refuse(
  { table, before, after }: { readonly table: string; readonly before: Column; readonly after: Column },
  held: boolean,
): void {
  const no = (why: string) =>
    cannot(`change the column "${after.name}" of table "${table}"`, why, { table, column: after.name });
  if (!changesInPlace(before, after))
    throw no(
      "NOT NULL and defaults come with a column there, and NOT NULL needs a default, which stays; give it one, or make the field nullable",
    );
  if (held && canonicalType(before.type) !== canonicalType(after.type))
    throw no("a column of a key keeps its size there; drop the key, change it, and add the key again");
}

const describeColumn = (table: string, { name, comment }: Column): Command =>
  execute(
    `COMMENT ON COLUMN ${quote(table)}.${quote(name)} IS ${comment === undefined ? "NULL" : stringLiteral(comment)}`,
  );

/** One column at a time. Rows that are there get its default, without which it may not be NOT NULL. */
export function addColumn({ table, column }: StatementOf<"addColumn">): readonly Command[] {
  const isReplacement = column.name.startsWith("godwit_converted");
  const what = isReplacement
    ? `put another column in the place of one of table "${table}"`
    : `add the column "${column.name}" to table "${table}"`;
  const no = (why: string) => cannot(what, why, { table, column: column.name });
  if (column.autoIncrement || column.identity) throw no("a column that numbers itself comes with its table there");
  if (!column.nullable && (column.default === undefined || /^null$/i.test(column.default)))
    throw no("NOT NULL there needs a default, which stays; give it one, or make the field nullable");
  return [execute(`ALTER TABLE ${quote(table)} ADD COLUMN ${columnDefinition(column, table)}`)];
}
