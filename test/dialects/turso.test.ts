import turso from "../../src/dialects/libsql/dialect.ts";
import { openDatabase } from "../../src/runtime/database.ts";
import { dialectSuite, type Scratch } from "../conformance/dialect.ts";
import { sqldServer } from "../helpers/sqld-server.ts";

async function open(): Promise<Scratch> {
  const home = await (await sqldServer()).createDatabase();
  const database = await openDatabase({ url: home.url });
  const sessions = [database];
  return {
    database,
    async again() {
      const other = await openDatabase({ url: home.url });
      sessions.push(other);
      return other;
    },
    async close() {
      await Promise.all(sessions.map((session) => session.close()));
      await home.drop();
    },
  };
}

dialectSuite({ dialect: turso, engine: "sqld, with SQLite", open });
