import { expect, test } from "bun:test";
import { cp, rm } from "node:fs/promises";
import { join } from "node:path";
import * as fc from "fast-check";
import { type RowFormat, rowFormats } from "../../src/core/data/file-value.ts";
import { generateData, generateSeeds } from "../../src/runtime/tasks/generate-data.ts";
import { seed as applySeeds } from "../../src/runtime/tasks/seed.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";
import { type DataDatabase, type DataTable, dataDatabases, dataTable } from "./data-values.ts";

// Rows of random tables, written as a migration or as seeds and applied to another database, are there as they were, by the database's own account. In CI
// they are always the same; `npm run test:long` takes others each time, and more.

const long = process.env["GODWIT_TEST_LONG"] === "1";
const [rounds, size] = long ? [20, 25] : [1, 14];

for (const database of dataDatabases) {
  test(`random rows on ${database} come back as they were`, async () => {
    const seed = long ? Date.now() & 0xffff_ffff : 7;
    for (let round = 0; round < rounds; round++) {
      const at = { seed: seed + round, numRuns: size };
      const tables = fc.sample(dataTable(database), at);
      const [source, target] = [await createProject(database), await createProject(database)];
      try {
        const copy = { source, target, tables };
        const found = await copied(database, copy);
        const expected = await printed(database, source, tables);
        expect(found).toEqual(expected);
        for (const format of rowFormats) expect(await seeded(database, copy, format)).toEqual(expected);
      } catch (error) {
        throw new Error(`with the seed ${at.seed}`, { cause: error });
      } finally {
        await source.dispose();
        await target.dispose();
      }
    }
  }, 600_000);
}

interface Copy {
  readonly source: TestProject;
  readonly target: TestProject;
  readonly tables: readonly DataTable[];
}

/** What the other database has in the end, by way of a migration. */
async function copied(database: DataDatabase, { source, target, tables }: Copy): Promise<readonly unknown[]> {
  const create = tables.map(createTable).join(", ");
  for (const project of [source, target]) project.write("0001_tables", create);
  await up(source);
  await source.withDatabase(async ({ driver }) => {
    const written = (value: bigint | string) =>
      database === "mariadb" ? String(value).replaceAll("\\", "\\\\") : String(value);
    for (const [i, table] of tables.entries()) {
      const rows = table.rows.map((row) => `(${row.map(written).join(", ")})`);
      await driver.execute(`INSERT INTO t${i} VALUES ${rows.join(", ")}`);
    }
  });
  const { source: migration } = await generateData(source, { tables: tables.map((_, i) => `t${i}`), dryRun: true });
  await Bun.write(join(target.migrationsDir, "0002_rows.ts"), migration ?? "");
  await up(target);
  return printed(database, target, tables);
}

/** By way of files of rows, into tables that are empty again. */
async function seeded(database: DataDatabase, { source, target, tables }: Copy, format: RowFormat) {
  for (const { root } of [source, target]) await rm(join(root, "seeds"), { recursive: true, force: true });
  await target.withDatabase(async ({ driver }) => {
    for (const i of tables.keys()) await driver.execute(`DELETE FROM t${i}`);
  });
  await generateSeeds(source, { tables: tables.map((_, i) => `t${i}`), format });
  await cp(join(source.root, "seeds"), join(target.root, "seeds"), { recursive: true });
  await applySeeds(target);
  return printed(database, target, tables);
}

const createTable = ({ types }: DataTable, i: number): string => {
  const fields = types.map((type, c) => `{ name: "c${c}", ${typeText(type)}, nullable: true }`);
  return `createTable({ name: "t${i}", fields: [{ name: "id", type: "bigint", primaryKey: true }, ${fields.join(", ")}] })`;
};

function typeText(type: string): string {
  if (type === "varchar(40)") return 'type: "varchar", length: 40';
  return type === "decimal" ? 'type: "decimal", precision: 30, scale: 10' : `type: ${JSON.stringify(type)}`;
}

/** The database's own words for every value, table by table. */
async function printed(
  database: DataDatabase,
  project: TestProject,
  tables: readonly DataTable[],
): Promise<readonly unknown[]> {
  return project.withDatabase(async ({ driver }) => {
    const found: unknown[] = [];
    for (const [i, { types }] of tables.entries()) {
      const columns = ["id", ...types.map((type, c) => word(database, `c${c}`, type))];
      found.push(await driver.query(`SELECT ${columns.join(", ")} FROM t${i} ORDER BY id`));
    }
    return found;
  });
}

function word(database: DataDatabase, column: string, type: string): string {
  if (database === "postgresql") return `${column}::TEXT AS ${column}`;
  if (database === "sqlite") return `typeof(${column}) || hex(${column}) || quote(${column}) AS ${column}`;
  return `HEX(CONCAT(${type === "float" ? `CAST(${column} AS DOUBLE)` : column})) AS ${column}`;
}
