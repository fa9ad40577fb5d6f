import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { openDatabase } from "../../src/runtime/database.ts";
import { readJournal } from "../../src/runtime/journal.ts";
import type { Project } from "../../src/runtime/project.ts";
import { doctor } from "../../src/runtime/tasks/doctor.ts";
import { down } from "../../src/runtime/tasks/down.ts";
import { drift } from "../../src/runtime/tasks/drift.ts";
import { generateData } from "../../src/runtime/tasks/generate-data.ts";
import { log } from "../../src/runtime/tasks/log.ts";
import { status } from "../../src/runtime/tasks/status.ts";
import { unlock } from "../../src/runtime/tasks/unlock.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { dsqlDoor, jobsTable } from "../helpers/dsql-on-postgres.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";
import { redshiftDoor, redshiftFunctions } from "../helpers/redshift-on-postgres.ts";
import { refusal } from "../library/program.ts";

// Aurora DSQL and Redshift from the use-cases down, on PostgreSQL behind what their documentation says that they take.

let home: TestProject;
let project: Project;
beforeEach(async () => {
  home = await createProject("postgresql");
});
afterEach(() => home.dispose());

const shops = `createTable({ name: "shops", fields: [{ name: "id", type: "serial", primaryKey: true }, { name: "name", type: "varchar", length: 40 }] })`;
const everything = `createTable({ name: "things", fields: [
  { name: "id", type: "bigint", primaryKey: true }, { name: "ok", type: "boolean" }, { name: "ratio", type: "double" }, { name: "at", type: "timestamp" },
  { name: "note", type: "text" }, { name: "doc", type: "json" }, { name: "data", type: "bytes" }] }),
  upsertData({ table: "things", keys: ["id"], rows: [
    { id: 9007199254740993n, ok: true, ratio: 0.1, at: "2026-01-31 08:09:10.123456", note: "a\\\\b'c", doc: "{\\"a\\": [1]}", data: new Uint8Array([0, 255]) }] })`;
const rows = `upsertData({ table: "shops", keys: ["id"], rows: [{ id: 1, name: "a" }, { id: 2, name: "a" }] })`;

/** The lines of a row, whatever breaks them. */
const rowsIn = (source: string): readonly string[] =>
  (/rows: \[\s*\{([\s\S]*?)\}\s*,?\s*\]/.exec(source)?.[1] ?? "")
    .split(/,\s+(?=\w+:)/)
    .map((text) => text.trim().replace(/,$/, ""));

describe("Aurora DSQL", () => {
  const unique = `addIndex({ table: "shops", index: { name: "one_name", fields: ["name"], unique: true } })`;

  beforeEach(async () => {
    await home.withDatabase(({ driver }) => driver.execute(jobsTable));
    project = { ...home, database: { url: "dsql://test", door: dsqlDoor(home.database.url) } };
  });

  test("goes on with the statement whose job failed, when what was wrong is corrected", async () => {
    home.write(
      "0001_a",
      `${shops}, ${rows}, ${unique}, runSQL({ forward: "DELETE FROM shops WHERE id = 2", backward: "" })`,
    );
    expect((await refusal(up(project))).message).toContain("could not create unique index");
    expect((await status(project)).failed).toBe(1);
    expect(await home.query("SELECT indisvalid FROM pg_index WHERE indexrelid = 'one_name'::regclass")).toEqual([
      { indisvalid: false },
    ]);
    await home.withDatabase(({ driver }) => driver.execute("UPDATE shops SET name = 'b' WHERE id = 2"));
    expect((await up(project)).applied).toEqual(["0001_a"]);
    expect(
      await home.query("SELECT indisvalid, indisunique FROM pg_index WHERE indexrelid = 'one_name'::regclass"),
    ).toEqual([{ indisvalid: true, indisunique: true }]);
    expect(await home.query("SELECT id, name FROM shops")).toEqual([{ id: 1, name: "a" }]);
    expect((await drift(project)).changes).toEqual([]);
  });

  test("takes a migration back, and finds nothing that it does not know", async () => {
    home.write("0001_a", shops);
    home.write(
      "0002_b",
      `addField({ table: "shops", field: { name: "open", type: "boolean", nullable: true, default: true } })`,
      { dependencies: ["0001_a"] },
    );
    expect((await up(project)).applied).toEqual(["0001_a", "0002_b"]);
    expect(await drift(project)).toMatchObject({ changes: [], unsupported: [] });
    expect((await down(project, { steps: 1 })).rolled_back).toEqual(["0002_b"]);
    expect(await told(project)).toEqual(["rolled_back 0002_b", "applied 0002_b", "applied 0001_a"]);
    expect((await drift(project)).changes).toEqual([]);
    expect((await status(project)).pending).toBe(1);
    const opened = await openDatabase(project.database);
    expect(await readJournal(opened, { table: "godwit_history", track: "default" })).toEqual(new Map());
    await opened.close();
  });

  test("is looked over, and gives its rows to a migration, as any other database", async () => {
    home.write("0001_a", everything);
    await up(project);
    const { checks } = await doctor({ value: project }, { env: {}, terminal: { interactive: false, colours: false } });
    expect(checks.filter(({ state }) => state === "fault")).toEqual([]);
    expect(checks.find(({ name }) => name === "server")?.found).toStartWith("Aurora DSQL ");
    const { source } = await generateData(project, { tables: ["things"], dryRun: true });
    expect(rowsIn(source ?? "")).toEqual(rowsIn(everything));
  });

  test("frees the lock of a run that is gone", async () => {
    home.write("0001_a", shops);
    await up(project);
    await home.withDatabase(({ driver }) =>
      driver.execute(
        "UPDATE godwit_lease SET owner = 'gone', host = 'elsewhere', pid = 1, token = token + 1, since = now(), seen = now(), ends = now() + INTERVAL '1 hour'",
      ),
    );
    expect((await unlock(project, { confirm: () => Promise.resolve(true) })).freed).toBe(true);
  });
});

describe("Redshift", () => {
  beforeEach(async () => {
    await home.withDatabase(({ driver }) => driver.execute(redshiftFunctions));
    project = { ...home, database: { url: "redshift://test", door: redshiftDoor(home.database.url) } };
  });

  test("a migration that fails leaves nothing behind, but for what cannot be in a transaction", async () => {
    home.write("0001_a", `${shops}, ${rows}`);
    await up(project);
    home.write(
      "0002_b",
      `addField({ table: "shops", field: { name: "open", type: "boolean", default: true } }), runSQL({ forward: "SELECT absent FROM shops", backward: "" })`,
      { dependencies: ["0001_a"] },
    );
    expect((await refusal(up(project))).message).toContain("absent");
    expect(await home.query("SELECT * FROM shops WHERE id = 1")).toEqual([{ id: 1, name: "a" }]);
    home.write(
      "0002_b",
      `alterField({ table: "shops", field: { name: "name", type: "varchar", length: 60 } }), runSQL({ forward: "SELECT absent FROM shops", backward: "" })`,
      { dependencies: ["0001_a"] },
    );
    expect((await refusal(up(project))).message).toContain("absent");
    expect((await status(project)).failed).toBe(1);
    expect(
      await home.query(
        "SELECT character_maximum_length AS n FROM information_schema.columns WHERE table_name = 'shops' AND column_name = 'name'",
      ),
    ).toEqual([{ n: 60 }]);
  });

  test("is looked over, and gives its rows to a migration, as any other database", async () => {
    home.write("0001_a", everything);
    await up(project);
    const { checks } = await doctor({ value: project }, { env: {}, terminal: { interactive: false, colours: false } });
    expect(checks.filter(({ state }) => state === "fault")).toEqual([]);
    expect(checks.find(({ name }) => name === "server")?.found).toStartWith("Redshift ");
    const { source } = await generateData(project, { tables: ["things"], dryRun: true });
    expect(rowsIn(source ?? "")).toEqual(rowsIn(everything));
  });

  test("a field of another type is another column, with the values of the old one", async () => {
    home.write(
      "0001_a",
      `${shops}, ${rows}, addField({ table: "shops", field: { name: "no", type: "varchar", length: 5, default: "7" } })`,
    );
    home.write("0002_b", `alterField({ table: "shops", field: { name: "no", type: "integer", default: 1 } })`, {
      dependencies: ["0001_a"],
    });
    expect((await up(project)).applied).toEqual(["0001_a", "0002_b"]);
    expect(await home.query("SELECT no FROM shops")).toEqual([{ no: 7 }, { no: 7 }]);
    expect((await down(project, { steps: 1 })).rolled_back).toEqual(["0002_b"]);
    expect(await told(project)).toEqual(["rolled_back 0002_b", "applied 0002_b", "applied 0001_a"]);
    expect(await home.query("SELECT no FROM shops")).toEqual([{ no: "7" }, { no: "7" }]);
  });
});

/** What the log tells, newest first. */
async function told(project: Project): Promise<readonly string[]> {
  return (await log(project)).entries.map(({ event, name }) => `${event} ${name}`);
}
