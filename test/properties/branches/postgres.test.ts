import { afterAll } from "bun:test";
import { type Database, openDatabase } from "../../../src/runtime/database.ts";
import { storyOf } from "../../conformance/story.ts";
import { dumpPostgres } from "../../helpers/postgres-dump.ts";
import { postgresServer } from "../../helpers/postgres-server.ts";
import { bothWorlds, type Stage, schemaOf } from "./matrix.ts";
import { playPairs } from "./play-pairs.ts";

const open: { readonly database: Database; drop(): Promise<void> }[] = [];
afterAll(async () => {
  for (const { database, drop } of open) {
    await database.close();
    await drop();
  }
});

/** Each pair is played in a transaction that is rolled back. */
async function stage(): Promise<Stage> {
  const { url, drop } = await (await postgresServer()).createDatabase();
  const database = await openDatabase({ url });
  open.push({ database, drop });
  await storyOf(database).up("0001_worlds", bothWorlds("postgresql"));
  return {
    dialect: "postgresql",
    schema: schemaOf("postgresql"),
    async play(work) {
      await database.driver.begin("BEGIN");
      return work(database).finally(() => database.driver.rollback());
    },
    dump: dumpPostgres,
  };
}

playPairs(stage, { every: 97 });
