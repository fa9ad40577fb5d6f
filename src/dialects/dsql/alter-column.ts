import { identityClause } from "../../core/ddl/ansi.ts";
import { type Command, execute } from "../../core/ddl/dialect.ts";
import { type Quote, stacked } from "../../core/ddl/sql.ts";
import type { AlterColumn, Column } from "../../core/ddl/statement.ts";
import { advanceSequence, canonicalType, sequenceChanges } from "../postgres/dialect.ts";
import { cannot, numbered, refuseColumn } from "./columns.ts";
import { describe } from "./tables.ts";

/**
 * What ALTER TABLE can change of a column: https://docs.aws.amazon.com/aurora-dsql/latest/userguide/alter-table-syntax-support.html. Throws
 * ToolError `unsupported` for the rest: its type, NOT NULL where there was none, what it is computed from.
 */
export function alterColumn(quote: Quote, statement: AlterColumn): readonly Command[] {
  const { table } = statement;
  const [before, after] = [numbered(statement.before), numbered(statement.after)];
  refuse(statement, before, after);
  const at = `ALTER COLUMN ${quote(after.name)}`;
  const clauses = [
    ...(before.generated && !after.generated ? [`${at} DROP EXPRESSION`] : []),
    ...(before.identity && !after.identity ? [`${at} DROP IDENTITY`] : []),
    ...(before.default !== undefined && after.default === undefined ? [`${at} DROP DEFAULT`] : []),
    ...(after.default !== undefined && before.default !== after.default ? [`${at} SET DEFAULT ${after.default}`] : []),
    ...(!before.nullable && after.nullable ? [`${at} DROP NOT NULL`] : []),
    ...identityClauses(quote, at, before, after),
  ];
  const isSame = clauses.length === 0 && !after.identity && before.comment === after.comment;
  return [
    ...(clauses.length > 0 ? [execute(`ALTER TABLE ${quote(table)}\n${stacked(clauses)}`)] : []),
    ...(isSame ? [execute(`ALTER TABLE ${quote(table)} ${at} ${defaultOf(after)}`)] : []),
    ...(!before.identity && after.identity ? [execute(advanceSequence(quote, table, after.name))] : []),
    ...(before.comment === after.comment ? [] : describe(quote, table, after.name, after.comment)),
  ];
}

/** What a column has already, said again: a change is never nothing. */
const defaultOf = ({ default: value }: Column): string =>
  value === undefined ? "DROP DEFAULT" : `SET DEFAULT ${value}`;

function identityClauses(quote: Quote, at: string, before: Column, after: Column): readonly string[] {
  if (!after.identity) return [];
  if (!before.identity) return [`${at} ADD ${identityClause(quote, after.identity)}`];
  const changes = [
    ...(Boolean(after.identity.always) === Boolean(before.identity.always)
      ? []
      : [`GENERATED ${after.identity.always ? "ALWAYS" : "BY DEFAULT"}`]),
    ...sequenceChanges(before.identity, after.identity),
  ];
  return changes.length === 0 ? [] : [`${at} ${changes.map((change) => `SET ${change}`).join(" ")}`];
}

function refuse({ table, using }: AlterColumn, before: Column, after: Column): void {
  refuseColumn(after, table);
  const no = (what: string, why: string) => cannot(what, why, { table, column: after.name });
  const column = `column "${after.name}" of table "${table}"`;
  if (canonicalType(before.type) !== canonicalType(after.type) || using !== undefined)
    throw no(
      `change ${column} from "${before.type}" to "${after.type}"`,
      "ALTER TABLE there has no SET DATA TYPE; add a field of the new type, fill it, drop this one and rename, which method: new_column of alterField does where it may be NULL",
    );
  if (before.nullable && !after.nullable)
    throw no(
      `take away the NULLs of ${column}`,
      "ALTER TABLE there has no SET NOT NULL; leave it nullable and add a check that says IS NOT NULL, or make a new table",
    );
  if (after.generated && after.generated.as !== before.generated?.as)
    throw no(`change the expression of ${column}`, "what computes it is settled with the table; make a new table");
}
