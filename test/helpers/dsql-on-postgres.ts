import { ToolError } from "../../src/core/errors.ts";
import { splitScript } from "../../src/core/sql-files/split.ts";
import { wordsOf } from "../../src/core/sql-files/words.ts";
import dsql from "../../src/dialects/dsql/dialect.ts";
import { awaitingJobs } from "../../src/dialects/dsql/remote.ts";
import postgres from "../../src/dialects/postgres/driver.ts";
import { type Database, type Door, openDatabase } from "../../src/runtime/database.ts";
import type { Driver } from "../../src/runtime/driver.ts";
import { emptyPostgres } from "./empty-postgres.ts";

/** A database of PostgreSQL that takes from a run only what the documentation of Aurora DSQL says that it takes. */
export const dsqlDoor = (url: string, occ: Conflicts = { next: 0 }): Door => ({
  dialect: dsql,
  open: async () => awaitingJobs(await restrained(url, occ)),
});

/** It opened. */
export const openDsqlOnPostgres = (url: string, occ?: Conflicts): Promise<Database> =>
  openDatabase({ url: "dsql://test", door: dsqlDoor(url, occ) });

/** Drops everything in it, which only its owner may. */
export async function emptyDsqlOnPostgres(url: string): Promise<void> {
  const { driver } = await openDatabase({ url });
  try {
    await emptyPostgres(driver);
    await driver.execute(jobsTable);
  } finally {
    await driver.close();
  }
}

/** How many of the next statements that change something meet another transaction. */
export interface Conflicts {
  next: number;
}

/** Jobs are done when their statement ends; the table tells of them as that of Aurora DSQL does. */
export const jobsTable = `CREATE SCHEMA IF NOT EXISTS sys;
CREATE TABLE IF NOT EXISTS sys.jobs (job_id TEXT PRIMARY KEY, status TEXT, details TEXT)`;

async function restrained(url: string, occ: Conflicts): Promise<Driver> {
  const driver = await postgres(url);
  await driver.execute("SET default_transaction_isolation = 'repeatable read'");
  const transaction = { open: false, ddl: 0, dml: 0, rows: 0 };
  const isEmpty = { ddl: 0, dml: 0, rows: 0 };
  const admit = (sql: string): void => {
    const statements = splitScript(sql, dsql.scriptSyntax).map(({ text }) => text);
    if (!transaction.open) Object.assign(transaction, isEmpty);
    for (const text of statements) {
      const upper = wordsOf(text, dsql.scriptSyntax)
        .map((word) => word.toUpperCase())
        .join(" ");
      const why = refusals.find(([pattern]) => pattern.test(upper))?.[1];
      if (why !== undefined) throw refused(why, sql);
      if (definition.test(upper)) transaction.ddl++;
      if (manipulation.test(upper)) transaction.dml++;
    }
    if (transaction.ddl > 1) throw refused("multiple ddl statements not supported in a transaction", sql);
    if (transaction.ddl > 0 && transaction.dml > 0)
      throw refused("ddl and dml are not supported in the same transaction", sql);
    if (occ.next > 0 && (transaction.ddl > 0 || transaction.dml > 0)) {
      occ.next--;
      throw new ToolError("database", "schema has been updated by another transaction, please retry: (OC001)", {
        sql,
        code: "40001",
      });
    }
  };
  const counted = (sql: string, changes: number): number => {
    transaction.rows += changes;
    if (transaction.dml > 0 && transaction.rows > 3000)
      throw new ToolError("database", "transaction row limit exceeded", { sql, code: "54000" });
    return changes;
  };
  const { executeAhead: _, pipelines: __, sharesSessions: ___, obstacle: ____, ...rest } = driver;
  const job = async (sql: string): Promise<string> => {
    const id = crypto.randomUUID();
    const plain = sql.replace(/\b(INDEX|TABLE) ASYNC\b/, "$1");
    const details = await driver.execute(plain).then(
      () => undefined,
      async (error: unknown) => {
        if (!(error instanceof ToolError) || !String(error.data["code"]).startsWith("23")) throw error;
        await leaveInvalid(driver, plain);
        return error.message;
      },
    );
    await driver.execute("INSERT INTO sys.jobs VALUES ($1, $2, $3)", [
      id,
      details === undefined ? "completed" : "failed",
      details ?? null,
    ]);
    return id;
  };
  return {
    ...rest,
    execute: async (sql, parameters) => {
      admit(sql);
      const { changes } = await driver.execute(sql, parameters);
      return { changes: counted(sql, changes) };
    },
    query: async (sql, parameters, most) => {
      admit(sql);
      if (/\b(?:INDEX|TABLE) ASYNC\b/.test(sql)) return [{ job_id: await job(sql) }];
      return driver.query(sql, parameters, most);
    },
    begin: async (sql) => {
      Object.assign(transaction, isEmpty, { open: true });
      await driver.begin(sql);
    },
    commit: async () => {
      transaction.open = false;
      await driver.commit();
    },
    rollback: async () => {
      transaction.open = false;
      await driver.rollback();
    },
  };
}

/** An index that could not be built stays, and is not valid. */
async function leaveInvalid(driver: Driver, sql: string): Promise<void> {
  const [, name] = /^CREATE UNIQUE INDEX (\S+) /.exec(sql) ?? [];
  if (name === undefined) return;
  await driver.execute(sql.replace("UNIQUE ", ""));
  await driver.execute(`UPDATE pg_index SET indisvalid = FALSE WHERE indexrelid = '${name}'::regclass`);
}

const definition = /^(?:CREATE|ALTER|DROP|COMMENT|GRANT|REVOKE) /;
const manipulation = /^(?:INSERT|UPDATE|DELETE) /;

/** What stands in the grammars of https://docs.aws.amazon.com/aurora-dsql/latest/userguide/working-with-postgresql-compatibility-supported-sql-subsets.html, and what does not. */
const refusals: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:DO|TRUNCATE|SAVEPOINT|RELEASE|ROLLBACK TO|VACUUM|LISTEN|NOTIFY|LOCK|MERGE|CLUSTER|REINDEX|COPY) /,
    "unsupported statement",
  ],
  [/^SET (?!SEARCH_PATH)/, "setting configuration parameter not supported"],
  [/^CREATE (?:UNIQUE )?INDEX (?!ASYNC)/, "unsupported mode. please use CREATE INDEX ASYNC"],
  [/^CREATE (?:UNIQUE )?INDEX ASYNC .* (?:ASC|DESC)\b/, "specifying sort order not supported for index keys"],
  [/^CREATE (?:UNIQUE )?INDEX ASYNC .* USING /, "index access methods are not supported"],
  [
    /^CREATE (?:UNLOGGED|TEMP|TEMPORARY|MATERIALIZED|TYPE|TRIGGER|EXTENSION|DATABASE|PROCEDURE|POLICY|RULE|TABLESPACE|EVENT|PUBLICATION) /,
    "not supported",
  ],
  [/^CREATE (?:OR REPLACE )?FUNCTION (?!.* LANGUAGE SQL\b)/, "CREATE FUNCTION with that language not supported"],
  [/^(?:ALTER|DROP) (?:TYPE|TRIGGER|EXTENSION|POLICY|SCHEMA .* RENAME)\b/, "not supported"],
  [/^CREATE SEQUENCE (?!.* CACHE )/, "CREATE SEQUENCE is not supported without an explicit cache size"],
  [
    /^(?:CREATE|ALTER) TABLE .* AS IDENTITY (?!\( (?:.* )?CACHE )/,
    "identity column is not supported without an explicit cache size",
  ],
  [
    /^(?:CREATE|ALTER) TABLE .* (?:SMALLINT|INTEGER|INT) (?:NOT NULL )?GENERATED [A-Z ]*AS IDENTITY/,
    "identity column type must be bigint",
  ],
  [/^CREATE TABLE .* (?:SMALLSERIAL|SERIAL|BIGSERIAL)\b/, 'type "serial" does not exist'],
  [/^(?:CREATE|ALTER) TABLE .* [A-Z]+ \[ \]/, "datatype not supported"],
  [
    /^CREATE TABLE .* (?:COLLATE|INHERITS|PARTITION BY|PARTITION OF|EXCLUDE|TABLESPACE) /,
    "not supported for CREATE TABLE",
  ],
  [/^ALTER TABLE (?!ASYNC ).* VALIDATE CONSTRAINT /, "unsupported ALTER TABLE VALIDATE CONSTRAINT statement"],
  [
    /^ALTER TABLE .* ADD CONSTRAINT .* (?:CHECK|FOREIGN KEY) (?!.* NOT VALID$)/,
    "unsupported ALTER TABLE ADD CONSTRAINT statement",
  ],
  [
    /^ALTER TABLE .* ADD (?:CONSTRAINT [^ ]+ )?(?:PRIMARY KEY|UNIQUE (?:NULLS NOT DISTINCT )?\()/,
    "unsupported ALTER TABLE ADD CONSTRAINT statement",
  ],
  [
    /^ALTER TABLE .* ADD COLUMN .* (?:DEFAULT|NOT NULL|NULL|GENERATED|CHECK|UNIQUE|REFERENCES|COLLATE|PRIMARY)\b/,
    "ALTER TABLE ADD COLUMN with constraint not supported",
  ],
  [
    /^ALTER TABLE .* ALTER COLUMN .* (?:TYPE|SET DATA TYPE|SET NOT NULL|SET STATISTICS|SET COMPRESSION)\b/,
    "unsupported ALTER TABLE ALTER COLUMN statement",
  ],
  [
    /^ALTER TABLE .* (?:ENABLE|DISABLE|FORCE|INHERIT|ATTACH|DETACH|CLUSTER|SET LOGGED|SET UNLOGGED|SET TABLESPACE|REPLICA) ?/,
    "unsupported ALTER TABLE statement",
  ],
  [/^ALTER DOMAIN .* (?:SET NOT NULL|ADD CONSTRAINT|VALIDATE)/, "unsupported ALTER DOMAIN statement"],
  [
    / FOR (?:SHARE|NO KEY UPDATE)\b| SKIP LOCKED\b| PG_(?:TRY_)?ADVISORY_/,
    "locking clauses other than FOR UPDATE/FOR KEY SHARE are not supported",
  ],
];

const refused = (why: string, sql: string): ToolError => new ToolError("database", why, { sql, code: "0A000" });
