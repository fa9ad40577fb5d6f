import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { PartialError } from "../../src/core/errors.ts";
import { check } from "../../src/runtime/tasks/check.ts";
import { down } from "../../src/runtime/tasks/down.ts";
import { drift } from "../../src/runtime/tasks/drift.ts";
import { fake } from "../../src/runtime/tasks/fake.ts";
import { status } from "../../src/runtime/tasks/status.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { canStopHalfWay, databases } from "../helpers/migration-project.ts";
import { createTracks, type TrackProject } from "../helpers/track-project.ts";

const table = (name: string, more = ""): string =>
  `createTable({ name: "${name}", fields: [{ name: "id", type: "integer", primaryKey: true }${more}] })`;
const broken = 'runSQL({ forward: "SELECT * FROM nowhere", backward: "" })';

let project: TrackProject;
afterEach(() => project.dispose());

/** Track → names of what is applied. */
const applied = async (): Promise<Readonly<Record<string, readonly string[]>>> => {
  const { tracks } = await status(project.load());
  return Object.fromEntries(
    tracks.map(({ name, migrations }) => [
      name,
      migrations
        .filter((m) => m.state !== "pending")
        .map((m) => (m.state === "applied" ? m.name : `${m.name} ${m.state}`)),
    ]),
  );
};

const exists = (name: string): Promise<boolean> =>
  project.query(`SELECT * FROM ${name}`).then(
    () => true,
    () => false,
  );

/** The error of `up`, which has to fail. */
const failure = async (options?: Parameters<typeof up>[1], track?: string): Promise<PartialError> => {
  const error = await up(project.load(track), options).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof PartialError) return error;
  throw error ?? new Error("up was expected to fail");
};

for (const database of databases) {
  describe(`tracks on ${database}`, () => {
    beforeEach(async () => {
      project = await createTracks(database, "name: core", "name: vector\nhistory_table: vector_books");
    });

    test("are applied in the order of the list, and a second run changes nothing", async () => {
      project.write("core", "0001_a", table("a"));
      project.write(
        "vector",
        "0001_b",
        `runSQL({ forward: "CREATE TABLE b (id integer REFERENCES a (id))", backward: "DROP TABLE b" })`,
      );
      expect(await up(project.load())).toEqual({
        applied: ["core/0001_a", "vector/0001_b"],
        tracks: [
          { name: "core", applied: ["0001_a"] },
          { name: "vector", applied: ["0001_b"] },
        ],
      });
      expect(await up(project.load())).toEqual({
        applied: [],
        tracks: [
          { name: "core", applied: [] },
          { name: "vector", applied: [] },
        ],
      });
      expect(await check(project.load())).toEqual({ findings: [] });
      expect(await applied()).toEqual({ core: ["0001_a"], vector: ["0001_b"] });
    });

    test("may have migrations of the same name, which do not meet", async () => {
      project.write("core", "0001_initial", table("a"));
      project.write("vector", "0001_initial", table("b"));
      expect(await up(project.load("vector"))).toEqual({ applied: ["0001_initial"] });
      expect(await applied()).toEqual({ core: [], vector: ["0001_initial"] });
      expect(await exists("a")).toBe(false);
      await up(project.load());
      expect(await down(project.load("core"))).toEqual({ rolled_back: ["0001_initial"] });
      expect(await applied()).toEqual({ core: [], vector: ["0001_initial"] });
    });

    test("go down one at a time, or all to zero in reverse order", async () => {
      project.write("core", "0001_a", table("a"));
      project.write("vector", "0001_b", table("b"));
      await up(project.load());
      await expect(down(project.load())).rejects.toThrow(
        "the project has several tracks: core, vector; say which one with --track",
      );
      expect(await down(project.load(), { to: "zero" })).toEqual({
        rolled_back: ["vector/0001_b", "core/0001_a"],
        tracks: [
          { name: "vector", rolled_back: ["0001_b"] },
          { name: "core", rolled_back: ["0001_a"] },
        ],
      });
      expect(await applied()).toEqual({ core: [], vector: [] });
    });

    test("a typed foreign key may point at a table of an earlier track, before and after that is renamed", async () => {
      const pointing =
        'createTable({ name: "items", fields: [{ name: "id", type: "integer", primaryKey: true }, { name: "user_id", type: "foreign_key", nullable: true, foreignKey: { table: "users" } }, { name: "n", type: "integer", nullable: true }] })';
      project.write("core", "0001_a", table("users"));
      project.write("vector", "0001_b", pointing);
      await up(project.load());
      await project.withDatabase(({ driver }) =>
        driver.execute("INSERT INTO users VALUES (1); INSERT INTO items VALUES (2, 1, 0)"),
      );
      project.write("core", "0002_a", 'renameTable({ from: "users", to: "people" })', { dependencies: ["0001_a"] });
      project.write(
        "vector",
        "0002_b",
        'alterField({ table: "items", field: { name: "n", type: "integer", nullable: true, default: "1" } })',
        { dependencies: ["0001_b"] },
      );
      await up(project.load());
      expect(
        await project.query("SELECT i.id, p.id AS person FROM items i JOIN people p ON p.id = i.user_id"),
      ).toMatchObject([{ person: 1 }]);
      await project.withDatabase(async ({ driver }) => {
        expect(
          await driver.execute("INSERT INTO items VALUES (3, 99, 0)").then(
            () => "taken",
            () => "refused",
          ),
        ).toBe("refused");
      });
      await down(project.load(), { to: "zero" });
      expect([await exists("items"), await exists("people"), await exists("users")]).toEqual([false, false, false]);
      await up(project.load());
      expect(await applied()).toEqual({ core: ["0001_a", "0002_a"], vector: ["0001_b", "0002_b"] });
    });

    test("drift is told over all tracks that share a schema, books under any name left out", async () => {
      project.write("core", "0001_a", table("a"));
      project.write("vector", "0001_b", table("b"));
      await up(project.load());
      for (const track of [undefined, "core"])
        expect(await drift(project.load(track))).toEqual({ changes: [], unsupported: [] });
      await project.withDatabase(({ driver }) => driver.execute("CREATE TABLE stray (id integer)"));
      expect((await drift(project.load())).changes).toMatchObject([{ kind: "extra_table", table: "stray" }]);
    });

    test("a track that is called otherwise now is not applied a second time", async () => {
      project.write("core", "0001_a", table("a"));
      project.write("vector", "0001_b", table("b"));
      await up(project.load());
      for (const name of ["base", undefined]) {
        project.file(
          "godwit.yaml",
          name === undefined ? "migrations: db/core" : `tracks:\n  - { name: ${name}, migrations: db/core }`,
        );
        const error = await up(project.load()).catch((thrown: unknown) => thrown);
        expect(error).toMatchObject({ code: "history", data: { undeclared: "core", migration: "0001_a" } });
        const notes: string[] = [];
        await status(project.load(), { onEvent: (event) => event.type === "note" && notes.push(event.message) });
        expect(notes).toEqual(['the history also has track "core", which the project does not have']);
      }
      await fake(project.load(), { all: true });
      expect((await up(project.load())).applied).toEqual([]);
    });

    test("a first run that fails takes nothing back, and the next one goes on", async () => {
      await project.withDatabase(({ driver }) =>
        driver.execute("CREATE TABLE old (id integer); INSERT INTO old VALUES (1)"),
      );
      project.write(
        "core",
        "0001_a",
        'runSQL({ forward: "CREATE TABLE IF NOT EXISTS old (id integer)", backward: "DROP TABLE old" })',
      );
      project.write("core", "0002_b", table("b"), { dependencies: ["0001_a"] });
      project.write("core", "0003_c", broken, { dependencies: ["0002_b"] });
      const error = await failure();
      expect(error).toMatchObject({ applied: ["core/0001_a", "core/0002_b"], failed: "core/0003_c", remaining: [] });
      expect(error.data["compensation"]).toEqual([
        {
          track: "core",
          rolled_back: [],
          kept: ["0001_a", "0002_b"],
          reason: "nothing was applied to it before this run",
        },
      ]);
      expect(await project.query("SELECT * FROM old")).toEqual([{ id: 1 }]);
      expect(await applied()).toEqual({ core: ["0001_a", "0002_b"], vector: [] });
      project.write("core", "0003_c", table("c"), { dependencies: ["0002_b"] });
      expect((await up(project.load())).applied).toEqual(["core/0003_c"]);
    });

    test("an upgrade that fails goes back to where the track was, also alone", async () => {
      project.write("core", "0001_a", table("a"));
      await up(project.load());
      project.write("core", "0002_b", table("b"), { dependencies: ["0001_a"] });
      // Where tables do not roll back, a migration that has made one would have stopped half-way.
      const failing = canStopHalfWay(database) ? broken : `${table("c")}, ${broken}`;
      project.write("core", "0003_c", failing, { dependencies: ["0002_b"] });
      for (const track of [undefined, "core"]) {
        const error = await failure({}, track);
        expect(error.message).toContain("nowhere");
        expect(error.message).toEndWith('\ntrack "core" went back: 0002_b');
        expect(error.applied).toEqual([]);
        expect(error.data["compensation"]).toEqual([
          { track: "core", rolled_back: ["0002_b"], kept: [], reason: null },
        ]);
        expect(await applied()).toEqual({ core: ["0001_a"], vector: [] });
        expect([await exists("a"), await exists("b"), await exists("c")]).toEqual([true, false, false]);
      }
      const kept = await failure({ compensate: false });
      expect(kept.applied).toEqual(["core/0002_b"]);
      expect(await applied()).toEqual({ core: ["0001_a", "0002_b"], vector: [] });
    });
  });

  describe(`three tracks on ${database}`, () => {
    beforeEach(async () => {
      project = await createTracks(database, "name: a", "name: b", "name: c");
    });

    /** b and c are at their first migration; a is new. */
    const upgrade = async (): Promise<void> => {
      project.write("b", "0001_b", table("b1"));
      project.write("c", "0001_c", table("c1"));
      await up(project.load());
      project.write("a", "0001_a", table("a1"));
      project.write("b", "0002_b", table("b2"), { dependencies: ["0001_b"] });
      project.write("c", "0002_c", table("c2"), { dependencies: ["0001_c"] });
      project.write("c", "0003_c", broken, { dependencies: ["0002_c"] });
    };

    test("when the last fails, those that were upgraded go back and a new one stays", async () => {
      await upgrade();
      const error = await failure();
      expect(error).toMatchObject({ applied: ["a/0001_a"], failed: "c/0003_c", remaining: [] });
      expect(error.data["compensation"]).toEqual([
        { track: "c", rolled_back: ["0002_c"], kept: [], reason: null },
        { track: "b", rolled_back: ["0002_b"], kept: [], reason: null },
        { track: "a", rolled_back: [], kept: ["0001_a"], reason: "nothing was applied to it before this run" },
      ]);
      expect(error.message).toStartWith('track "c": migration "0003_c"');
      expect(await applied()).toEqual({ a: ["0001_a"], b: ["0001_b"], c: ["0001_c"] });
    });

    test("a signal while they go back does not stop that", async () => {
      await upgrade();
      const stop = new AbortController();
      const onEvent: NonNullable<Parameters<typeof up>[1]>["onEvent"] = (event) => {
        if (event.type === "migration-start" && event.direction === "down") stop.abort();
      };
      await failure({ signal: stop.signal, onEvent });
      expect(stop.signal.aborted).toBe(true);
      expect(await applied()).toEqual({ a: ["0001_a"], b: ["0001_b"], c: ["0001_c"] });
    });

    test("one that cannot go back is told with the first error, and those before it stay", async () => {
      await upgrade();
      project.write("b", "0002_b", table("b2"), { dependencies: ["0001_b"] });
      project.write("b", "0003_b", 'runSQL({ forward: "SELECT 1" })', { dependencies: ["0002_b"] });
      project.write("a", "0001_a", table("a1"));
      await up(project.load("a"));
      project.write("a", "0002_a", table("a2"), { dependencies: ["0001_a"] });
      const error = await failure();
      expect(error.data["compensation"]).toMatchObject([
        { track: "c", rolled_back: ["0002_c"], reason: null },
        { track: "b", rolled_back: [], kept: ["0002_b", "0003_b"] },
        { track: "a", rolled_back: [], kept: ["0002_a"], reason: 'track "b" may build on it' },
      ]);
      expect(error.message).toContain("nowhere");
      expect(error.message).toContain('track "b" keeps 0002_b, 0003_b: ');
      expect(error.applied).toEqual(["a/0002_a", "b/0002_b", "b/0003_b"]);
      expect(await applied()).toEqual({ a: ["0001_a", "0002_a"], b: ["0001_b", "0002_b", "0003_b"], c: ["0001_c"] });
    });

    test("a way back that fails is told with the first error", async () => {
      await upgrade();
      project.write("b", "0002_b", 'runSQL({ forward: "SELECT 1", backward: "DELETE FROM not_there" })', {
        dependencies: ["0001_b"],
      });
      const error = await failure();
      expect(error.message).toContain("nowhere");
      expect(error.message).toContain("not_there");
      expect(error.data["compensation"]).toMatchObject([
        { track: "c", rolled_back: ["0002_c"] },
        { track: "b", rolled_back: [], kept: ["0002_b"] },
        { track: "a", kept: ["0001_a"] },
      ]);
      expect(await applied()).toEqual({ a: ["0001_a"], b: ["0001_b", "0002_b"], c: ["0001_c"] });
    });

    test("a changed migration anywhere stops the run before anything happens", async () => {
      await upgrade();
      project.write("c", "0001_c", table("c1", ', { name: "x", type: "text" }'));
      await expect(up(project.load())).rejects.toThrow('track "c": "0001_c" was changed after being applied');
      expect(await exists("a1")).toBe(false);
    });

    test("a run that is told to stop takes nothing back", async () => {
      await upgrade();
      const stop = new AbortController();
      const onEvent: NonNullable<Parameters<typeof up>[1]>["onEvent"] = (event) => {
        if (event.type === "migration-end" && event.track === "b") stop.abort();
      };
      const error = await failure({ signal: stop.signal, onEvent });
      expect(error.code).toBe("cancelled");
      expect(error.applied).toEqual(["a/0001_a", "b/0002_b"]);
      expect(error.data["compensation"]).toBeUndefined();
      expect(await applied()).toEqual({ a: ["0001_a"], b: ["0001_b", "0002_b"], c: ["0001_c"] });
    });
  });
}
