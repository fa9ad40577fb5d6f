import { afterAll } from "bun:test";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "../../../src/runtime/database.ts";
import { storyOf } from "../../conformance/story.ts";
import { dumpSqlite } from "../../helpers/sqlite-dump.ts";
import { bothWorlds, type Stage, schemaOf } from "./matrix.ts";
import { playPairs } from "./play-pairs.ts";

const directory = mkdtempSync(join(tmpdir(), "godwit-branches-"));
afterAll(() => rmSync(directory, { recursive: true }));

async function stage(): Promise<Stage> {
  const made = join(directory, "made.db");
  const first = await openDatabase({ url: `sqlite:${made}` });
  await storyOf(first).up("0001_worlds", bothWorlds("sqlite"));
  await first.close();
  return {
    dialect: "sqlite",
    schema: schemaOf("sqlite"),
    async play(work) {
      const copy = join(directory, "copy.db");
      copyFileSync(made, copy);
      const database = await openDatabase({ url: `sqlite:${copy}` });
      // Nothing of it has to outlive the test.
      await database.driver.execute("PRAGMA synchronous = OFF");
      return work(database).finally(() => database.close());
    },
    dump: dumpSqlite,
  };
}

playPairs(stage, { every: 13 });
