import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type Database, introspect, openDatabase } from "../../src/runtime/database.ts";
import { storyOf } from "../conformance/story.ts";
import { clickhouseServer } from "../helpers/clickhouse-server.ts";
import {
  emptyMariadbDatabases,
  emptyMysqlDatabases,
  emptyPostgresDatabases,
  type WithEmpty,
  withEmptySqlite,
  withEmptyTurso,
} from "../helpers/empty-database.ts";
import { mysqlIsHere } from "../helpers/mysql-server.ts";

// A database of many tables is made, read back and compared, and gone again: 1,000 of them in `npm run test:long`, which prints how long it took.

const long = process.env["GODWIT_TEST_LONG"] === "1";
const count = long ? 1000 : 30;

const withEmptyClickhouse: WithEmpty = async (work) => {
  const home = await (await clickhouseServer()).createDatabase();
  const database = await openDatabase({ url: home.url });
  try {
    return await work(database);
  } finally {
    await database.close();
    await home.drop();
  }
};

const engines: Readonly<Record<string, WithEmpty>> = {
  PostgreSQL: emptyPostgresDatabases(),
  MariaDB: emptyMariadbDatabases(),
  ...(mysqlIsHere() && { MySQL: emptyMysqlDatabases() }),
  SQLite: withEmptySqlite,
  Turso: withEmptyTurso,
  ClickHouse: withEmptyClickhouse,
};

const table = (n: number): object => ({
  kind: "createTable",
  name: `t${n}`,
  fields: [
    { name: "id", type: "bigint", primaryKey: true },
    ...["varchar", "varchar", "text", "integer", "boolean", "timestamp", "date", "uuid"].map((type, i) => ({
      name: `f${i}`,
      type,
      nullable: i % 2 === 0,
      ...(type === "varchar" && { length: 80, default: "x" }),
    })),
    { name: "price", type: "decimal", precision: 12, scale: 2, nullable: true },
  ],
  indexes: [{ name: `i${n}`, fields: ["f0"] }],
});

const timings: string[] = [];
beforeAll(() => void timings.splice(0));
afterAll(() => {
  if (long) process.stderr.write(`${timings.join("\n")}\n`);
});

describe.each(Object.entries(engines))("%s", (name, withEmpty) => {
  test(
    `makes ${count} tables, tells of all of them, and drops them`,
    () => withEmpty((database) => tell(name, database)),
    600_000,
  );
});

async function tell(name: string, database: Database): Promise<void> {
  const story = storyOf(database);
  const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    timings.push(`${name}: ${what} ${count} tables in ${Math.round(performance.now() - start)} ms`);
    return result;
  };
  await timed("made", () =>
    story.up(
      "0001",
      Array.from({ length: count }, (_, n) => table(n)),
    ),
  );
  const { tables } = await timed("read", () => introspect(database));
  expect(tables).toHaveLength(count);
  await story.agrees();
  await timed("dropped", () => story.down());
  expect((await introspect(database)).tables).toEqual([]);
}
