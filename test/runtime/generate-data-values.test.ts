import { expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { generateData } from "../../src/runtime/tasks/generate-data.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";
import { failureOf } from "../predecessor/story.ts";

test("types that only PostgreSQL has are exact, whatever the database sets for its sessions", async () => {
  const [project, other] = [await createProject("postgresql"), await createProject("postgresql")];
  const types = [
    ...["interval", "inet", "int4range", "numeric(9,2)[]", "double precision[]", "bytea[]", "timestamptz[]", "timetz"],
    ...["bit(3)", "varbit", "tsvector", "xml", "point", "char(4)", "name", "money", "oid"],
  ];
  const fields = types.map((type, i) => `{ name: "c${i}", type: "${type}", nullable: true }`);
  const table = `createTable({ name: "t", fields: [{ name: "id", type: "integer", primaryKey: true }, ${fields.join(", ")},
    { name: "b", type: "bytes" }, { name: "z", type: "timestamptz" }, { name: "d", type: "double" }] })`;
  project.write("0001_t", table);
  await up(project);
  const values = [
    ...["'-1 year 2 days -03:04:05.678901'", "'::1/64'", "'[1,)'", "'{1.10,NULL,NaN}'", "'{0.1,-0,1e-320}'"],
    ...[
      "ARRAY['\\x00ff'::bytea, NULL]",
      "ARRAY['2024-01-02 03:04:05.000001+05:30'::timestamptz]",
      "'23:59:59.5-08:30'",
    ],
    ...["B'101'", "B'0110'", "'a:1A fat:2'", "'<a>&lt;</a>'", "'(0.1,-0)'", "'ab'", "'n'", "'1.5'", "'4294967295'"],
  ];
  const database = new URL(project.database.url).pathname.slice(1);
  await project.withDatabase(async ({ driver }) => {
    await driver.execute(
      `INSERT INTO t VALUES (1, ${values.join(", ")}, '\\x00275cff', '1900-01-01 00:00:00.000001+00', 0.1 + 0.2::float8)`,
    );
    const settings = ["TimeZone = 'Asia/Kolkata'", "IntervalStyle = 'iso_8601'", "bytea_output = 'escape'"];
    for (const setting of [...settings, "extra_float_digits = -9"])
      await driver.execute(`ALTER DATABASE "${database}" SET ${setting}`);
  });
  const { source } = await generateData(project, { tables: ["t"] });
  expect(source).toContain("b: new Uint8Array([0, 39, 92, 255])");
  expect(source).toContain('z: "1900-01-01 00:00:00.000001+00"');
  expect(source).toContain("d: 0.30000000000000004");
  other.write("0001_t", table);
  await Bun.write(join(other.migrationsDir, "0002_dump_t.ts"), source ?? "");
  await up(other);
  const settled =
    "SET TimeZone = 'UTC'; SET IntervalStyle = 'postgres'; SET bytea_output = 'hex'; SET extra_float_digits = 3";
  const rows = async (from: TestProject): Promise<unknown> =>
    from.withDatabase(async ({ driver }) => {
      await driver.execute(settled);
      return driver.query("SELECT t::TEXT AS row FROM t");
    });
  expect(await rows(other)).toEqual(await rows(project));
  await project.dispose();
  await other.dispose();
});

test("a text that is not UTF-8 is refused, and so is a database that is not there", async () => {
  const project = await createProject("sqlite");
  expect((await failureOf(generateData(project, { tables: ["t"] }))).code).toBe("connect");
  expect(readdirSync(project.root)).toEqual(["migrations"]);
  await project.withDatabase(async ({ driver }) => {
    await driver.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)");
    await driver.execute("INSERT INTO t VALUES (1, 'ok'), (2, CAST(X'ff61' AS TEXT))");
  });
  const { code, message } = await failureOf(generateData(project, { tables: ["t"], dryRun: true }));
  expect({ code, message }).toEqual({
    code: "unsupported",
    message:
      'table "t", row 2: a text in column "v" is not UTF-8, so that a migration cannot hold it; store it as a blob, or leave the row out',
  });
  const { source } = await generateData(project, { tables: ["t"], where: ["id = 1"], dryRun: true });
  expect(source).toContain('{ id: 1, v: "ok" }');
  await project.dispose();
});

test("texts of a UTF-16 database are read as they are", async () => {
  const project = await createProject("sqlite");
  await project.withDatabase(async ({ driver }) => {
    await driver.execute("PRAGMA encoding = 'UTF-16'; CREATE TABLE t (id TEXT PRIMARY KEY NOT NULL, v REAL)");
    await driver.execute("INSERT INTO t VALUES ('aé😀', 3)");
  });
  expect((await generateData(project, { tables: ["t"], dryRun: true })).source).toContain('{ id: "aé😀", v: 3 }');
  await project.dispose();
});
