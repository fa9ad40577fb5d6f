import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { ToolError } from "../../src/core/errors.ts";
import { definitions, invert, type Operation } from "../../src/core/operations/index.ts";
import mysql from "../../src/dialects/mysql/dialect.ts";
import tidb from "../../src/dialects/tidb/dialect.ts";
import { adapt } from "../conformance/adapted/tidb.ts";
import type { Scratch } from "../conformance/dialect.ts";
import { bookkeepingSuite } from "../conformance/dialect-bookkeeping.ts";
import { emptiedForEach } from "../conformance/scratch.ts";
import { makeSchema, storyOf } from "../conformance/story.ts";
import { differences } from "../helpers/golden.ts";
import { emptyDatabase } from "../helpers/mariadb-database.ts";
import { mariadbServer } from "../helpers/mariadb-server.ts";
import { openTidbOnMariadb, tidbOnMariadb } from "../helpers/tidb-on-mariadb.ts";

const open = emptiedForEach({
  create: async () => (await mariadbServer()).createDatabase(),
  connect: openTidbOnMariadb,
  empty: emptyDatabase,
});

/** What TiDB cannot take back is refused before anything runs. */
const refusal = (work: Promise<void>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) =>
      error instanceof ToolError && error.code === "unsupported" ? error.code : Promise.reject(error),
  );

/** The examples for which TiDB is sent something else than MySQL. */
const examples = definitions.flatMap(({ kind, examples: all }) => all.map((example) => ({ kind, example })));
const own = differences(tidb, mysql)
  .filter(({ sql }) => !sql.startsWith("-- refused"))
  .flatMap(({ title }) => examples.filter(({ kind, example }) => `${kind}: ${example.title}` === title));

describe("what TiDB is sent and MySQL is not works on MariaDB", () => {
  let scratch: Scratch;
  beforeEach(async () => {
    scratch = await open();
  });
  afterEach(() => scratch.close());

  test("there is enough of it", () => expect(own.length).toBeGreaterThan(20));

  for (const { kind, example } of own)
    test(`${kind}: ${example.title}`, async () => {
      const operation = { kind, ...adapt(example.params as object) } as Operation;
      const story = storyOf(scratch.database);
      await story.up("0001_before", makeSchema(adapt(example.before)));
      const before = story.state();
      await story.up("0002_operation", [operation]);
      await story.agrees();
      if (!invert(operation, before)) return;
      await refusal(story.down());
      await story.agrees();
    });
});

describe("history and lock of TiDB, on MariaDB", () => bookkeepingSuite({ dialect: tidbOnMariadb, open }));
