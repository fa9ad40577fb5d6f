import type { LiveSchema } from "../core/ddl/dialect.ts";
import { marked } from "../core/ddl/qualified.ts";
import { savepointOf } from "../core/ddl/savepoint.ts";
import type { Spelling, SpellingSql } from "../core/ddl/spelling-sql.ts";
import { respelled, spellingsOf, wantedOf } from "../core/ddl/spellings.ts";
import { ToolError } from "../core/errors.ts";
import type { Schema } from "../core/schema/model.ts";
import { namespaceNames } from "../core/schema/namespaces.ts";
import type { Database } from "./database.ts";

/**
 * What the database has, in the words of the schema wherever the database says that both are the same to it. It is asked in a transaction that is rolled
 * back and runs none of the texts; where it cannot be asked (nothing temporary may be made, a standby, a pooler), all stays as it is. Throws ToolError
 * `connect` when the connection is lost.
 */
export async function inWordsOf(schema: Schema, live: LiveSchema, database: Database): Promise<LiveSchema> {
  const { dialect } = database;
  if (!dialect.spellings || database.pooled) return live;
  const wanted = wantedOf(schema, dialect);
  const spellings = spellingsOf(live, wanted, dialect);
  if (spellings.length === 0) return live;
  const agreed = await agreedOn(spellings, dialect.spellings, database, namespaceNames(schema));
  return respelled(live, wanted, dialect, (spelling) => (agreed.has(keyOf(spelling)) ? spelling.want : spelling.have));
}

const keyOf = (spelling: Spelling): string => JSON.stringify(spelling);

async function agreedOn(
  spellings: readonly Spelling[],
  sql: SpellingSql,
  { driver, dialect }: Database,
  namespaces: readonly string[],
): Promise<ReadonlySet<string>> {
  const agreed = new Set<string>();
  try {
    await driver.begin(sql.begin);
    for (const limit of sql.limits) await driver.execute(limit);
    const [answer] = sql.mayAsk === undefined ? [{ may: true }] : await driver.query(sql.mayAsk);
    if (!Number(answer?.["may"])) return agreed;
    for (const spelling of spellings)
      if (await isAgreed(spelling, sql, { driver, dialect, namespaces })) agreed.add(keyOf(spelling));
  } catch (error) {
    if (!(error instanceof ToolError) || error.code !== "database") throw error;
  } finally {
    for (const statement of sql.unlimit ?? []) await driver.execute(statement).catch(() => undefined);
    await driver.rollback().catch(() => undefined);
  }
  return agreed;
}

/** A text that the database does not understand says something else. */
async function isAgreed(
  spelling: Spelling,
  sql: SpellingSql,
  { driver, dialect, namespaces }: Pick<Database, "driver" | "dialect"> & { readonly namespaces: readonly string[] },
): Promise<boolean> {
  const place = spelling.kind === "expression" ? { table: marked(spelling.table, namespaces) } : {};
  const question = sql.question({ ...spelling, ...place } as Spelling);
  if (!question) return false;
  const savepoint = savepointOf(dialect);
  if (sql.savepoints !== false) await driver.execute(savepoint.set);
  try {
    for (const statement of question.make) await driver.execute(statement);
    try {
      const [row] = await driver.query(question.query);
      return row !== undefined && question.isSame(row);
    } finally {
      for (const statement of question.drop ?? []) await driver.execute(statement);
    }
  } catch (error) {
    if (!(error instanceof ToolError) || error.code !== "database") throw error;
    return false;
  } finally {
    if (sql.savepoints !== false) await driver.execute(savepoint.undo);
  }
}
