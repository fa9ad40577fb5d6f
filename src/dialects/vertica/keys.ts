import { constraintDefinition, foreignKeyConstraint, keyOf, primaryKeyDefinition } from "../../core/ddl/ansi.ts";
import { type Command, execute } from "../../core/ddl/dialect.ts";
import { quoteQualified } from "../../core/ddl/qualified.ts";
import { stringLiteral } from "../../core/ddl/sql.ts";
import type { ForeignKeyImage, StatementOf, TableImage } from "../../core/ddl/statement.ts";
import type { Constraint } from "../../core/schema/model.ts";
import { ofTable } from "./names.ts";
import { enforcement } from "./options.ts";
import { quote as plain } from "./quote.ts";
import { cannot } from "./refusal.ts";

const quote = quoteQualified(plain);

/** The keys and checks inside CREATE TABLE. Throws ToolError `unsupported` for what Vertica would not keep. */
export function keysOf(table: TableImage): readonly string[] {
  const kept = enforcement(table);
  return [
    ...(table.primaryKey ? [`${primaryKeyDefinition(quote, keyOf(table))} ${kept}`] : []),
    ...(table.constraints ?? []).map((constraint) => definition(table.name, constraint, kept)),
    ...table.foreignKeys.map((key) => informed(table.name, key)),
  ];
}

/** A constraint that comes later is kept, whatever an option of the table says: the statement does not know it. */
export const addConstraint = ({ table, constraint }: StatementOf<"addConstraint">): readonly Command[] => [
  execute(`ALTER TABLE ${quote(table)} ADD ${definition(table, constraint, "ENABLED")}`),
];

export const addForeignKey = ({ table, foreignKey }: StatementOf<"addForeignKey">): readonly Command[] => [
  execute(`ALTER TABLE ${quote(table)} ADD ${informed(table, foreignKey)}`),
];

export const addPrimaryKey = (s: StatementOf<"addPrimaryKey">): readonly Command[] => [
  execute(`ALTER TABLE ${quote(s.table)} ADD ${primaryKeyDefinition(quote, s)} ENABLED`),
];

/** The server names a key that nobody named (C_PRIMARY), so the name is looked up. Foreign keys that need it go before, by their own statements. */
export const dropPrimaryKey = ({ table }: StatementOf<"dropPrimaryKey">): readonly Command[] => [
  {
    kind: "capture",
    name: "primary key",
    sql: `SELECT DISTINCT ${stringLiteral(`ALTER TABLE ${quote(table)} DROP CONSTRAINT `)} || QUOTE_IDENT(constraint_name) AS sql FROM v_catalog.constraint_columns
WHERE ${ofTable(table)} AND constraint_type = 'p'`,
  },
  { kind: "replay", name: "primary key" },
];

function definition(table: string, constraint: Constraint, kept: string): string {
  const no = (why: string) =>
    cannot(`have the constraint "${constraint.name}" of table "${table}"`, why, { table, constraint: constraint.name });
  if ("exclude" in constraint) throw no("it has no exclusion constraints");
  if ("check" in constraint && (constraint.noInherit || constraint.notValid))
    throw no("a check there is held against all rows that are there; leave noInherit and notValid out");
  if ("unique" in constraint && (constraint.include || constraint.nullsNotDistinct || constraint.deferrable))
    throw no("a unique constraint there is a list of columns, and nothing more");
  return `${constraintDefinition(quote, constraint)} ${kept}`;
}

/** Foreign keys are told to the optimizer, and never checked: https://docs.vertica.com/24.1.x/en/admin/constraints/supported-constraints/foreign-key-constraints/ */
function informed(table: string, key: ForeignKeyImage): string {
  const no = (why: string) =>
    cannot(`have the foreign key "${key.name ?? key.columns.join(", ")}" of table "${table}"`, why, { table });
  const acting = [key.onDelete, key.onUpdate].find((action) => action !== "NO ACTION" && action !== "RESTRICT");
  if (acting !== undefined)
    throw no(
      `foreign keys are told to the optimizer there, and nobody carries out ${acting}; say NO ACTION for this database`,
    );
  if (key.deferrable || key.notValid || key.matchFull) throw no("it is told to the optimizer, and never checked");
  return foreignKeyConstraint(quote, { ...key, onDelete: "NO ACTION", onUpdate: "NO ACTION" });
}
