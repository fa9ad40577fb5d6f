import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import mysqlWithCallbacks from "mysql2";
import mysql, { type Connection } from "mysql2/promise";
import { check, migrate } from "../../src/library/index.ts";
import { type MariadbDatabase, mariadbServer } from "../helpers/mariadb-server.ts";
import { type Files, refusal, source, table } from "./program.ts";

let database: MariadbDatabase;
beforeEach(async () => {
  database = await (await mariadbServer()).createDatabase();
});
afterEach(() => database.drop());

const v2: Files = { "0001_a.ts": table("a"), "0002_b.ts": table("b", "0001_a") };
const all = { applied: ["0001_a", "0002_b"], baselined: [], unknown: [] };

async function withConnection<T>(work: (connection: Connection) => Promise<T>): Promise<T> {
  // As a program may have it: dates as objects, large numbers rounded.
  const connection = await mysql.createConnection({
    uri: database.url.replace(/^mariadb:/, "mysql:"),
    timezone: "+09:00",
  });
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}

describe("a connection of mysql2", () => {
  test("is migrated, gets its settings back, and stays open", async () => {
    await withConnection(async (connection) => {
      await connection.query("SET SESSION sql_mode = 'ANSI_QUOTES', time_zone = '+09:00', lock_wait_timeout = 77");
      expect(await migrate({ database: connection, migrations: v2 })).toEqual(all);
      expect(await migrate({ database: connection, migrations: v2 })).toMatchObject({ applied: [] });
      expect(await check({ database: connection, migrations: v2 })).toMatchObject({ ok: true });
      const [rows] = await connection.query(
        "SELECT @@sql_mode AS mode, @@time_zone AS zone, @@lock_wait_timeout AS wait",
      );
      expect(rows).toEqual([{ mode: "ANSI_QUOTES", zone: "+09:00", wait: 77 }] as never);
    });
  });

  test("is given back after an error as well, which says what the server said", async () => {
    await withConnection(async (connection) => {
      const broken = { ...v2, "0003_c.ts": source(`runSQL({ forward: "SELECT * FROM nowhere" })`, "0002_b") };
      const error = await refusal(migrate({ database: connection, migrations: broken }));
      expect(error.data).toMatchObject({ applied: ["0001_a", "0002_b"], failed: "0003_c" });
      expect(error.message).toContain("nowhere");
      await connection.query("SELECT 1");
    });
  });

  test("in the middle of a transaction is refused: the first change of a table would commit it", async () => {
    await withConnection(async (connection) => {
      await connection.query("CREATE TABLE own (id INTEGER)");
      await connection.beginTransaction();
      await connection.query("INSERT INTO own VALUES (1)");
      expect((await refusal(migrate({ database: connection, migrations: v2 }))).code).toBe("usage");
      await connection.rollback();
      expect((await connection.query("SELECT * FROM own"))[0]).toEqual([]);
    });
  });
});

test("pools and connections with callbacks will do", async () => {
  const uri = database.url.replace(/^mariadb:/, "mysql:");
  const pool = mysql.createPool({ uri, connectionLimit: 1 });
  expect(await migrate({ database: pool, migrations: v2 })).toEqual(all);
  // The only connection is there again.
  await pool.query("SELECT 1");
  await pool.end();
  const own = mysqlWithCallbacks.createConnection(uri);
  expect(await migrate({ database: own, migrations: v2 })).toMatchObject({ applied: [] });
  await own.promise().end();
});
