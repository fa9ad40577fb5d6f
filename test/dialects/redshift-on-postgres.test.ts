import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { ToolError } from "../../src/core/errors.ts";
import { definitions, invert, type Operation } from "../../src/core/operations/index.ts";
import type { Applied } from "../../src/core/plan/migration.ts";
import { createHistory, readHistory, writeApplied } from "../../src/runtime/history.ts";
import { withLock } from "../../src/runtime/lock.ts";
import { openPast, readPast, takeOut } from "../../src/runtime/past.ts";
import { whoAmI } from "../../src/runtime/who-am-i.ts";
import { adapt } from "../conformance/adapted/redshift.ts";
import type { Scratch } from "../conformance/dialect.ts";
import { emptiedForEach } from "../conformance/scratch.ts";
import { contents, makeSchema, plant, storyOf } from "../conformance/story.ts";
import { postgresServer } from "../helpers/postgres-server.ts";
import { emptyRedshiftOnPostgres, openRedshiftOnPostgres } from "../helpers/redshift-on-postgres.ts";

// What PostgreSQL shares with Redshift is executed there, behind what the documentation of Redshift says that it takes.

const open = emptiedForEach({
  create: async () => (await postgresServer()).createDatabase(),
  connect: openRedshiftOnPostgres,
  empty: (_, url) => emptyRedshiftOnPostgres(url),
});

let scratch: Scratch;
beforeEach(async () => {
  scratch = await open();
});
afterEach(() => scratch.close());

/** Whether it was done; false where the dialect says that it cannot, or that a name cannot be. */
const done = (work: Promise<void>): Promise<boolean> =>
  work.then(
    () => true,
    (error: unknown) => {
      if (error instanceof ToolError && ["unsupported", "params", "irreversible"].includes(error.code)) return false;
      throw error;
    },
  );

let executed = 0;

describe.each(definitions.map((d) => [d.kind, d] as const))("%s", (kind, { examples }) => {
  const possible = examples.filter(
    ({ title }) => !kind.endsWith("Index") && title !== "to fields under a unique index",
  );
  if (possible.length > 0)
    test.each(possible.map((e) => [e.title, e] as const))("%s", async (_, written) => {
      const example = adapt(written);
      const operation = { kind, ...(example.params as object) } as Operation;
      const story = storyOf(scratch.database);
      if (!(await done(story.up("0001_before", makeSchema(example.before))))) return;
      await plant(scratch.database, story.state(), example.rows ?? {});
      await story.agrees();
      if (!(await done(story.up("0002_operation", [operation], example.source)))) return;
      executed++;
      await story.agrees("schemaOnly" in operation && operation.schemaOnly ? example.before : story.state());
      if (!("schemaOnly" in operation)) await contents(scratch.database, story.state());
      if (!invert(operation, example.before) || !(await done(story.down()))) return;
      await story.agrees();
    });
});

test("not all of them are refused", () => {
  expect(executed).toBeGreaterThan(60);
});

describe("the history and the lock", () => {
  const place = { table: "godwit_history", track: "core" };

  test("rows are written and replaced as they are", async () => {
    const row: Applied = {
      track: "core",
      name: "0001_o'brien",
      checksum: "ab",
      state: "applied",
      stepsDone: 3,
      appliedAt: "2026-01-31T08:09:10.123Z",
      durationMs: 12,
      toolVersion: "0.1.0",
      appliedBy: "CORP\\ann@host",
    };
    await createHistory(scratch.database, place);
    await writeApplied(scratch.database, place, row);
    await writeApplied(scratch.database, place, { ...row, stepsDone: 4 }, true);
    expect(await readHistory(scratch.database, place)).toEqual([{ ...row, stepsDone: 4 }]);
    const ending = await openPast(scratch.database, place, { reason: "rolled_back" });
    await takeOut(scratch.database, place, row.name, { ...ending, endedMs: 7 });
    expect(await readHistory(scratch.database, place)).toEqual([]);
    const past = { row: { ...row, stepsDone: 4 }, reason: "rolled_back", endedMs: 7, endedBy: whoAmI() } as const;
    expect(await readPast(scratch.database, place)).toMatchObject([past]);
  });

  test("one of six has it at a time", async () => {
    const sessions = await Promise.all(Array.from({ length: 6 }, () => scratch.again()));
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++inside);
      await Bun.sleep(5);
      inside--;
    };
    await Promise.all(
      sessions.map((session) => withLock(session, { table: "godwit_history", timeoutMs: 20_000 }, work)),
    );
    expect(most).toBe(1);
  });
});
