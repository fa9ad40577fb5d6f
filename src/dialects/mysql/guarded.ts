import { type Command, execute } from "../../core/ddl/dialect.ts";
import type { StatementOf } from "../../core/ddl/statement.ts";
import { createIndex, type Powers } from "./keys.ts";
import { quote as q, stringLiteral } from "./quote.ts";

/** Makes an index, and where one of its name may be there already, only if there is none. */
export function createGuarded(statement: StatementOf<"createIndex">, powers: Powers): readonly Command[] {
  if (powers.guardsIndexes || !statement.unlessThere) return [execute(createIndex(statement, powers))];
  const { unlessThere: _, ...plain } = statement;
  return inCase("NOT EXISTS", { table: plain.table, index: plain.index.name, sql: createIndex(plain, powers) });
}

/** Drops an index, and where there may be none of its name, only if there is one. */
export function dropGuarded({ table, index, ifThere }: StatementOf<"dropIndex">, powers: Powers): readonly Command[] {
  const drop = (guard: string): string => `DROP INDEX ${guard}${q(index.name)} ON ${q(table)}`;
  if (powers.guardsIndexes) return [execute(drop(ifThere ? "IF EXISTS " : ""))];
  return ifThere ? inCase("EXISTS", { table, index: index.name, sql: drop("") }) : [execute(drop(""))];
}

/** A foreign key goes with the index of its name, which it need not have: it may stand on another one. */
export function dropKey({ table, foreignKey }: StatementOf<"dropForeignKey">, powers: Powers): readonly Command[] {
  const name = foreignKey.name ?? "";
  const drop = `ALTER TABLE ${q(table)} DROP FOREIGN KEY ${q(name)}`;
  if (powers.guardsIndexes) return [execute(`${drop}, DROP INDEX IF EXISTS ${q(name)}`)];
  return [execute(drop), ...inCase("EXISTS", { table, index: name, sql: `DROP INDEX ${q(name)} ON ${q(table)}` })];
}

/** MySQL has no IF EXISTS for indexes: https://dev.mysql.com/doc/refman/8.4/en/drop-index.html. So the catalog is asked, and answers with what is to be done. */
function inCase(
  there: "EXISTS" | "NOT EXISTS",
  { table, index, sql }: { readonly table: string; readonly index: string; readonly sql: string },
): readonly Command[] {
  const name = `index ${index} of ${table}`;
  const found = `SELECT 1 FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name = ${stringLiteral(table)} AND index_name = ${stringLiteral(index)}`;
  return [
    { kind: "capture", name, sql: `SELECT ${stringLiteral(sql)} AS \`sql\` FROM DUAL WHERE ${there} (${found})` },
    { kind: "replay", name },
  ];
}
