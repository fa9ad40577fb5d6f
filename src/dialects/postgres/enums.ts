import { type Command, execute, type Renderers } from "../../core/ddl/dialect.ts";
import { beside, localName } from "../../core/ddl/qualified.ts";
import { type Quote, stringLiteral, words } from "../../core/ddl/sql.ts";
import type { Column, RemakeEnum } from "../../core/ddl/statement.ts";
import { newColumnOptions } from "./column-options.ts";

/** Types with a list of values. Until PostgreSQL 12, ALTER TYPE … ADD VALUE cannot be part of a transaction. */
export const enumRenderers = (
  quote: Quote,
): Pick<Renderers, "createEnum" | "dropEnum" | "commentType" | "renameEnumValue" | "addEnumValue" | "remakeEnum"> => ({
  createEnum: ({ name, values }) => [execute(create(quote, name, values))],
  dropEnum: ({ name }) => [execute(`DROP TYPE ${quote(name)}`)],
  commentType: ({ name, comment }) => [
    execute(`COMMENT ON TYPE ${quote(name)} IS ${comment === undefined ? "NULL" : stringLiteral(comment)}`),
  ],
  renameEnumValue: ({ name, from, to }) => [
    execute(`ALTER TYPE ${quote(name)} RENAME VALUE ${stringLiteral(from)} TO ${stringLiteral(to)}`),
  ],
  addEnumValue: ({ name, value, after, before }) => [
    execute(
      words(
        `ALTER TYPE ${quote(name)} ADD VALUE ${stringLiteral(value)}`,
        after !== undefined && `AFTER ${stringLiteral(after)}`,
        before !== undefined && `BEFORE ${stringLiteral(before)}`,
      ),
    ),
  ],
  remakeEnum: (s) => remake(quote, s),
});

const create = (quote: Quote, name: string, values: readonly string[]): string =>
  `CREATE TYPE ${quote(name)} AS ENUM (${values.map(stringLiteral).join(", ")})`;

/** No value can be taken from a type, so the columns get another one, which then takes the name. */
function remake(quote: Quote, { name, values, mapping, columns }: RemakeEnum): readonly Command[] {
  const old = shortened(`godwit_old_${localName(name)}`);
  return [
    execute(`ALTER TYPE ${quote(name)} RENAME TO ${quote(old)}`),
    execute(create(quote, name, values)),
    ...columns.flatMap(({ table, before, after }) => [
      execute(convert(quote, { table, before, after, mapping })),
      ...newColumnOptions(quote, table, after),
    ]),
    execute(`DROP TYPE ${quote(beside(name, old))}`),
  ];
}

interface Conversion {
  readonly table: string;
  readonly before: Column;
  readonly after: Column;
  readonly mapping: Readonly<Record<string, string>>;
}

/** The default is of the old type and goes for the moment. */
function convert(quote: Quote, { table, before, after, mapping }: Conversion): string {
  const column = quote(after.name);
  const at = `ALTER COLUMN ${column}`;
  const clauses = [
    ...(before.default === undefined ? [] : [`${at} DROP DEFAULT`]),
    `${at} TYPE ${after.type} USING ${mapped(`${column}::TEXT`, after.type, mapping)}`,
    ...(after.default === undefined ? [] : [`${at} SET DEFAULT ${after.default}`]),
  ];
  return `ALTER TABLE ${quote(table)} ${clauses.join(", ")}`;
}

function mapped(text: string, type: string, mapping: Readonly<Record<string, string>>): string {
  if (type.endsWith("[]")) return `${text}::${type}`;
  const cases = Object.entries(mapping).map(([from, to]) => `WHEN ${stringLiteral(from)} THEN ${stringLiteral(to)}`);
  const value = cases.length === 0 ? text : `CASE ${text} ${cases.join(" ")} ELSE ${text} END`;
  return `(${value})::${type}`;
}

const shortened = (name: string): string => name.slice(0, 63);
