import type { Statement } from "../ddl/statement.ts";
import { canonicalSql } from "../schema/sql-text.ts";

/**
 * The statements that drop a view, a function or a column that later ones make again, and those: what a database knows of such a thing beside its
 * definition, such as who may use it, is to be there again afterwards.
 */
export function madeAgain(statements: readonly Statement[]): ReadonlySet<Statement> {
  const found = new Set<Statement>();
  const dropped = new Map<string, Statement>();
  for (const statement of statements) {
    const drops = idOfDropped(statement);
    if (drops !== undefined) dropped.set(drops, statement);
    const makes = idOfMade(statement);
    const drop = makes === undefined ? undefined : dropped.get(makes);
    if (makes === undefined || !drop) continue;
    found.add(drop).add(statement);
    dropped.delete(makes);
  }
  return found;
}

function idOfDropped(statement: Statement): string | undefined {
  if (statement.kind === "dropView") return idOf("view", statement.view.name);
  if (statement.kind === "dropColumn") return idOf("column", statement.table, statement.column.name);
  return statement.kind === "dropObject" ? ofObject(statement.object) : undefined;
}

function idOfMade(statement: Statement): string | undefined {
  if (statement.kind === "createView") return idOf("view", statement.view.name);
  if (statement.kind === "addColumn") return idOf("column", statement.table, statement.column.name);
  return statement.kind === "createObject" ? ofObject(statement.object) : undefined;
}

/** What belongs to a table is dropped and made as part of that. */
const ofObject = ({ kind, name, table }: { readonly kind: string; readonly name: string; readonly table?: string }) =>
  table === undefined ? idOf(kind, canonicalSql(name)) : undefined;

const idOf = (...parts: readonly string[]): string => JSON.stringify(parts);
