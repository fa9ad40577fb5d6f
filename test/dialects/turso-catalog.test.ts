import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type Database, introspect } from "../../src/runtime/database.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, type TestProject } from "../helpers/migration-project.ts";
import { refusal } from "../library/program.ts";

// What libSQL has and SQLite has not.

let project: TestProject;

beforeAll(async () => {
  project = await createProject("turso");
  project.write(
    "0001_movies",
    `createTable({ name: "movies", fields: [
      { name: "title", type: "text", nullable: true }, { name: "embedding", type: "F32_BLOB(3)", nullable: true } ] }),
     createTable({ name: "plain", fields: [{ name: "id", type: "integer", primaryKey: true }, { name: "n", type: "text", nullable: true }] }),
     runSQL({ forward: "CREATE INDEX movies_near ON movies (libsql_vector_idx(embedding))", backward: "DROP INDEX movies_near" }),
     createTable({ name: "dice", fields: [{ name: "face", type: "text", nullable: true }] }),
     runSQL({ forward: "DROP TABLE dice; CREATE TABLE dice (face TEXT) RANDOM ROWID", backward: "" }),
     runSQL({ forward: "INSERT INTO movies VALUES ('Stalker', vector('[1,2,3]')), ('Solaris', vector('[9,9,9]'))", backward: "" })`,
  );
  await up(project);
});
afterAll(() => project.dispose());

const read = () => project.withDatabase((database: Database) => introspect(database));
const near =
  "SELECT m.title FROM vector_top_k('movies_near', vector('[1,2,2]'), 1) v JOIN movies m ON m._rowid_ = v.id";

describe("what only libSQL has", () => {
  test("vectors are columns like others, and the tables behind an index over them are nobody's", async () => {
    const { tables } = await read();
    expect(tables.map(({ name }) => name).toSorted()).toEqual(["dice", "movies", "plain"]);
    expect(tables.find(({ name }) => name === "movies")?.columns[1]).toMatchObject({
      name: "embedding",
      type: "F32_BLOB(3)",
    });
    expect(tables.find(({ name }) => name === "movies")?.indexes).toEqual([
      { name: "movies_near", fields: [{ expression: "libsql_vector_idx(embedding)" }] },
    ]);
    expect(await project.query(near)).toEqual([{ title: "Stalker" }]);
  });

  test("a table with such an index is made anew with it", async () => {
    project.write("0002_named", `alterField({ table: "movies", field: { name: "title", type: "text" } })`, {
      dependencies: ["0001_movies"],
    });
    await up(project);
    expect(await project.query(near)).toEqual([{ title: "Stalker" }]);
    expect((await read()).tables.find(({ name }) => name === "movies")?.columns[0]).toMatchObject({ nullable: false });
  });

  test("a table with random row ids is not made anew, because nothing would make them so again", async () => {
    expect((await read()).unsupported.filter(({ table }) => table === "dice")).toMatchObject([
      { object: "RANDOM ROWID" },
    ]);
    project.write("0003_dice", `alterField({ table: "dice", field: { name: "face", type: "text" } })`, {
      dependencies: ["0002_named"],
    });
    expect((await refusal(up(project))).message).toContain("parts that godwit does not manage");
    const [row] = await project.query("SELECT sql FROM sqlite_schema WHERE name = 'dice'");
    expect(String(row?.["sql"])).toEndWith("RANDOM ROWID");
  });

  test("a column that was altered in place is read as it is now", async () => {
    await project.withDatabase(({ driver }) =>
      driver.execute("ALTER TABLE plain ALTER COLUMN n TO n TEXT NOT NULL DEFAULT 'x'"),
    );
    const column = (await read()).tables.find(({ name }) => name === "plain")?.columns[1];
    expect(column).toEqual({ name: "n", type: "TEXT", nullable: false, default: "'x'" });
  });

  test.each([
    "VACUUM",
    "ATTACH ':memory:' AS other",
    "ANALYZE",
    "CREATE TEMP TABLE t (id)",
    "PRAGMA synchronous = OFF",
  ])("%s is refused by the server, and said to be", async (sql) => {
    const error = await refusal(project.withDatabase(({ driver }) => driver.execute(sql)));
    expect(error.data).toMatchObject({ code: "SQL_UNSUPPORTED", hint: expect.stringContaining("takes no VACUUM") });
  });
});
