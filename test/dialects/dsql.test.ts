import { afterAll, beforeAll, describe } from "bun:test";
import dsql from "../../src/dialects/dsql/dialect.ts";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import type { Scratch } from "../conformance/dialect.ts";
import { bookkeepingSuite } from "../conformance/dialect-bookkeeping.ts";
import { nameSuite } from "../conformance/dialect-names.ts";
import { operationSuite } from "../conformance/dialect-operations.ts";
import { valueSuite } from "../conformance/dialect-values.ts";
import { jobsTable, openDsqlOnPostgres } from "../helpers/dsql-on-postgres.ts";
import { emptyPostgres } from "../helpers/empty-postgres.ts";
import { postgresServer, type TestDatabase } from "../helpers/postgres-server.ts";

// No server can be had, so this is PostgreSQL behind what the documentation of Aurora DSQL says that it takes. With GODWIT_TEST_DSQL_URL it is
// the cluster itself, whose schema "public" is emptied for each test.

const given = process.env["GODWIT_TEST_DSQL_URL"];
let home: TestDatabase | undefined;
let admin: Database;
let database: Database;

const openOne = (): Promise<Database> => (home ? openDsqlOnPostgres(home.url) : openDatabase({ url: given ?? "" }));

beforeAll(async () => {
  if (!given) home = await (await postgresServer()).createDatabase();
  database = await openOne();
  admin = home ? await openDatabase({ url: home.url }) : database;
});

afterAll(async () => {
  await database.close();
  if (!home) return;
  await admin.close();
  await home.drop();
});

async function open(): Promise<Scratch> {
  await empty();
  const others: Database[] = [];
  return {
    database,
    async again() {
      const other = await openOne();
      others.push(other);
      return other;
    },
    async close() {
      await Promise.all(others.map((other) => other.close()));
    },
  };
}

async function empty(): Promise<void> {
  if (home) {
    await emptyPostgres(admin.driver);
    await admin.driver.execute(jobsTable);
    return;
  }
  const found = await database.driver.query(
    "SELECT format('DROP %s %s CASCADE', CASE table_type WHEN 'VIEW' THEN 'VIEW' ELSE 'TABLE' END, quote_ident(table_name)) AS sql FROM information_schema.tables WHERE table_schema = 'public' UNION ALL SELECT format('DROP SEQUENCE IF EXISTS %s', quote_ident(sequence_name)) FROM information_schema.sequences WHERE sequence_schema = 'public' UNION ALL SELECT format('DROP DOMAIN %s', quote_ident(domain_name)) FROM information_schema.domains WHERE domain_schema = 'public'",
  );
  for (const { sql } of found) await database.driver.execute(String(sql));
}

/**
 * Examples as they can be there: what is added to a table may be NULL, keys and types stay as they were made, and no predicate names the type of
 * an enum.
 */
function adapt<T>(example: T): T {
  if (typeof example === "string") return example.replace("::audit.level", "") as T;
  if (Array.isArray(example)) return example.filter(isSupported).map((item) => adapt<unknown>(item)) as T;
  if (typeof example !== "object" || example === null || example instanceof Uint8Array) return example;
  const { kind, field } = example as { readonly kind?: string; readonly field?: object };
  if (kind === "addField") return { ...example, field: { ...field, nullable: true, autoUpdate: false } };
  return Object.fromEntries(Object.entries(example).map(([key, value]) => [key, adapt<unknown>(value)])) as T;
}

const isSupported = (item: unknown): boolean => {
  const { kind } = item as { readonly kind?: string };
  return kind !== "alterField" && kind !== "alterPrimaryKey";
};

const suite = { dialect: dsql, open, adapt };

describe(dsql.title, () => {
  operationSuite(suite);
  nameSuite(suite);
  bookkeepingSuite(suite);
  // What values become is PostgreSQL's own business, unless it is the cluster.
  if (given) valueSuite(suite);
});
