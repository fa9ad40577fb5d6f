import { type Command, execute } from "../../core/ddl/dialect.ts";
import type { Quote } from "../../core/ddl/sql.ts";
import type { ReplaceObject } from "../../core/ddl/statement.ts";
import { attributeChanges } from "../../core/schema/composite-types.ts";
import type { ManagedObject } from "../../core/schema/model.ts";
import { canonicalSql } from "../../core/schema/sql-text.ts";
import { splitScript } from "../../core/sql-files/split.ts";
import { newColumnOptions } from "./column-options.ts";
import { scriptSyntax } from "./script-syntax.ts";

/** The statements that make one object of another in place; `undefined` for kinds that CREATE OR REPLACE replaces. */
export function replacedInPlace(
  quote: Quote,
  { before, after, columns = [] }: ReplaceObject,
): readonly Command[] | undefined {
  if (after.kind === "composite_type") return composite(quote, { before, after, columns });
  if (after.kind === "text_search_configuration") return configuration(quote, before, after).map(execute);
  return undefined;
}

/** https://www.postgresql.org/docs/current/sql-altertype.html; what follows the type describes its attributes. */
function composite(quote: Quote, { before, after, columns }: Composite): readonly Command[] {
  const { dropped = [], added = [], retyped = [] } = attributeChanges(before.definition, after.definition) ?? {};
  const alter = (changes: readonly string[]): readonly string[] =>
    changes.length > 0 ? [`ALTER TYPE ${quote(after.name)} ${changes.join(", ")}`] : [];
  const drops = dropped.map(({ name }) => `DROP ATTRIBUTE ${name}`);
  const retypes = retyped.map(({ name, type }) => `ALTER ATTRIBUTE ${name} TYPE ${type}`);
  const adds = added.map(({ name, type }) => `ADD ATTRIBUTE ${name} ${type}`);
  const [was, is] = [furtherStatements(before), furtherStatements(after)];
  const about = (sql: string): string => canonicalSql(sql.replace(/\sIS\s[\s\S]*$/i, ""));
  const goes = (sql: string): boolean =>
    !is.some((other) => about(other) === about(sql)) && !dropped.some(({ name }) => about(sql).endsWith(` ${name}`));
  const asTexts = [...alter([...drops, ...adds]), ...columns.map((c) => asText(quote, c)), ...alter(retypes)];
  return [
    ...(columns.length === 0 ? alter([...drops, ...retypes, ...adds]) : asTexts).map(execute),
    ...columns.flatMap((column) => fromText(quote, column)),
    ...[
      ...was.filter(goes).map((sql) => sql.replace(/\sIS\s[\s\S]*$/i, " IS NULL")),
      ...is.filter((sql) => !was.includes(sql)),
    ].map(execute),
  ];
}

type Composite = Required<Pick<ReplaceObject, "before" | "after" | "columns">>;

/** Values go by way of their texts, in which an attribute has its place. */
const asText = (quote: Quote, { table, before }: Composite["columns"][number]): string => {
  const column = quote(before.name);
  const at = `ALTER COLUMN ${column}`;
  const parts = [
    ...(before.default === undefined ? [] : [`${at} DROP DEFAULT`]),
    `${at} TYPE TEXT USING ${column}::TEXT`,
  ];
  return `ALTER TABLE ${quote(table)} ${parts.join(", ")}`;
};

function fromText(quote: Quote, { table, after }: Composite["columns"][number]): readonly Command[] {
  const column = quote(after.name);
  const at = `ALTER COLUMN ${column}`;
  const parts = [
    `${at} TYPE ${after.type} USING ${column}::${after.type}`,
    ...(after.default === undefined ? [] : [`${at} SET DEFAULT ${after.default}`]),
  ];
  return [execute(`ALTER TABLE ${quote(table)} ${parts.join(", ")}`), ...newColumnOptions(quote, table, after)];
}

/** Its mappings, a statement for each list of dictionaries, go and come. */
function configuration(quote: Quote, before: ManagedObject, after: ManagedObject): readonly string[] {
  const [was, is] = [furtherStatements(before), furtherStatements(after)];
  const without = (list: readonly string[], others: readonly string[]) =>
    list.filter((sql) => !others.some((other) => canonicalSql(other) === canonicalSql(sql)));
  const tokens = (sql: string): readonly string[] => {
    const found = /\sMAPPING\s+FOR\s+([\s\S]*?)\s+WITH\s/i.exec(sql)?.[1];
    return found === undefined ? [] : [found];
  };
  return [
    ...without(was, is)
      .flatMap(tokens)
      .map((list) => `ALTER TEXT SEARCH CONFIGURATION ${quote(after.name)} DROP MAPPING IF EXISTS FOR ${list}`),
    ...without(is, was),
  ];
}

const furtherStatements = ({ definition }: ManagedObject): readonly string[] =>
  splitScript(definition, scriptSyntax)
    .map(({ text }) => text)
    .slice(1);
