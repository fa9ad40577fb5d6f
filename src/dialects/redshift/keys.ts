import { constraintDefinition, foreignKeyConstraint, primaryKeyDefinition } from "../../core/ddl/ansi.ts";
import { type Command, execute } from "../../core/ddl/dialect.ts";
import { quoteQualified } from "../../core/ddl/qualified.ts";
import type { ForeignKeyImage, StatementOf, TableImage } from "../../core/ddl/statement.ts";
import type { Constraint } from "../../core/schema/model.ts";
import { quote as plain, stringLiteral } from "./quote.ts";
import { cannot } from "./refusal.ts";

const quote = quoteQualified(plain);

/** Keys are told to the planner, and kept by nobody: https://docs.aws.amazon.com/redshift/latest/dg/t_Defining_constraints.html */
export function addConstraint({ table, constraint }: StatementOf<"addConstraint">): readonly Command[] {
  refuseConstraint(table, constraint);
  return [execute(`ALTER TABLE ${quote(table)} ADD ${constraintDefinition(quote, constraint)}`)];
}

export function addForeignKey({ table, foreignKey }: StatementOf<"addForeignKey">): readonly Command[] {
  refuseForeignKey(table, foreignKey);
  return [execute(`ALTER TABLE ${quote(table)} ADD ${foreignKeyConstraint(quote, informed(foreignKey))}`)];
}

/** RESTRICT and NO ACTION are what nobody carries out either way, and the grammar has no words for them. */
export const informed = (key: ForeignKeyImage): ForeignKeyImage => ({
  ...key,
  onDelete: "NO ACTION",
  onUpdate: "NO ACTION",
});

export const addPrimaryKey = (s: StatementOf<"addPrimaryKey">): readonly Command[] => [
  execute(`ALTER TABLE ${quote(s.table)} ADD ${primaryKeyDefinition(quote, s)}`),
];

/** The constraint keeps the name it got when the table was called something else, so it is looked up. */
export const dropPrimaryKey = ({ table }: StatementOf<"dropPrimaryKey">): readonly Command[] => [
  {
    kind: "capture",
    name: "primary key",
    sql: `SELECT ${stringLiteral(`ALTER TABLE ${quote(table)} DROP CONSTRAINT `)} || QUOTE_IDENT(conname) AS sql FROM pg_catalog.pg_constraint WHERE contype = 'p' AND conrelid = ${stringLiteral(quote(table))}::REGCLASS`,
  },
  { kind: "replay", name: "primary key" },
];

/** Throws ToolError `unsupported` for what Redshift would not know, or would promise and not do. */
export function refuseKeys({ name, constraints = [], foreignKeys }: TableImage): void {
  for (const constraint of constraints) refuseConstraint(name, constraint);
  for (const key of foreignKeys) refuseForeignKey(name, key);
}

function refuseConstraint(table: string, constraint: Constraint): void {
  const no = (why: string) =>
    cannot(`have the constraint "${constraint.name}" of table "${table}"`, why, { table, constraint: constraint.name });
  if ("check" in constraint)
    throw no(
      "it has no checks, so no enums either; map the enum to a type (type_mappings), and let what writes see to it",
    );
  if (!("unique" in constraint)) throw no("it has no exclusion constraints");
  if (constraint.include || constraint.nullsNotDistinct || constraint.deferrable)
    throw no("a unique constraint there is a list of columns, told to the planner, and nothing more");
}

function refuseForeignKey(table: string, key: ForeignKeyImage): void {
  const acting = [key.onDelete, key.onUpdate].find((action) => action !== "NO ACTION" && action !== "RESTRICT");
  const no = (why: string) =>
    cannot(`have the foreign key "${key.name ?? key.columns.join(", ")}" of table "${table}"`, why, { table });
  if (acting !== undefined)
    throw no(
      `foreign keys are told to the planner there, and nobody carries out ${acting}; say NO ACTION for this database`,
    );
  if (key.deferrable || key.notValid || key.matchFull) throw no("it is told to the planner, and never checked");
}
