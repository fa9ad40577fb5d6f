import { afterEach, describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { up } from "../../src/runtime/tasks/up.ts";
import { begin, count, failure, project, writeCode } from "../helpers/code-project.ts";

afterEach(() => project.dispose());

describe("what a failure leaves", () => {
  test("MariaDB: what is done of the migration stays done, and the next run goes on with the function", async () => {
    await begin("mariadb");
    const file = (body: string) =>
      writeFileSync(
        join(project.migrationsDir, "0002_parts.ts"),
        `import { createTable, migration, runCode } from "godwit";
const one = (name: string) => createTable({ name, fields: [{ name: "id", type: "bigint", primaryKey: true }] });
export default migration({ dependencies: ["0001_initial"], operations: [
  one("first"), runCode({ forward: async (db) => { await db.execute("INSERT INTO first (id) VALUES (1)"); ${body} }, backward: "" }), one("second"),
] });\n`,
      );
    file('throw new Error("not yet");');
    const error = await failure(up(project));
    expect(error.message).toContain("0002_parts.ts:4:");
    expect(await project.tables()).toEqual(["first", "items"]);
    expect(await project.query("SELECT id FROM first")).toEqual([]);
    const [row] = await project.query("SELECT state, steps_done FROM godwit_history WHERE name = '0002_parts'");
    expect(row).toMatchObject({ state: "failed" });
    file('await db.execute("INSERT INTO first (id) VALUES (2)");');
    await up(project);
    expect(await project.tables()).toEqual(["first", "items", "second"]);
    expect((await project.query("SELECT id FROM first ORDER BY id")).map(({ id }) => id)).toEqual([1, 2]);
  });

  test("MariaDB: code that is done cannot be another one when the rest is", async () => {
    await begin("mariadb");
    const file = (mark: number, last: string) =>
      writeFileSync(
        join(project.migrationsDir, "0002_parts.ts"),
        `import { migration, runCode, runSQL } from "godwit";
export default migration({ dependencies: ["0001_initial"], operations: [
  runCode({ forward: async (db) => { await db.execute("INSERT INTO items (id, part) VALUES (?, 'a')", [${mark}]); }, backward: "" }),
  runSQL({ forward: ${JSON.stringify(last)}, backward: "" }),
] });\n`,
      );
    file(1, "CREATE TABLE items (id INT)");
    await failure(up(project));
    file(2, "CREATE TABLE more (id INT)");
    expect((await failure(up(project))).message).toContain("was changed after it stopped half-way");
  });

  test("MariaDB: what may end the transaction is refused, however it is written, and what ends it all the same is told", async () => {
    await begin("mariadb");
    await project.withDatabase(({ driver }) => driver.execute("CREATE PROCEDURE ends() COMMIT"));
    for (const sql of [
      "/*!COMMIT*/",
      "/*M!100100 COMMIT */",
      "CALL ends()",
      "EXECUTE IMMEDIATE 'COMMIT'",
      "SET autocommit = 1",
      "LOCK TABLES items WRITE",
      "CREATE INDEX i ON items (note)",
      "/* why */ TRUNCATE items",
    ]) {
      writeCode(
        "0002_ends",
        `await db.execute("INSERT INTO items (id, part) VALUES (1, 'a')"); await db.execute(${JSON.stringify(sql)});`,
      );
      expect(`${sql}: ${(await failure(up(project))).code}`).toBe(`${sql}: unsupported`);
      expect(await count()).toBe(0);
    }
    writeCode(
      "0002_ends",
      `await db.execute("INSERT INTO items (id, part) VALUES (1, 'a')"); await db.execute("SET @x = 1, @@session.autocommit = 0"); await db.execute("SET @x = 1, @@session.autocommit = 1");`,
    );
    expect((await failure(up(project))).message).toContain("has ended the migration's transaction");
    expect(
      (await project.query("SELECT state FROM godwit_history WHERE name = '0002_ends'")).map(({ state }) => state),
    ).toEqual([]);
  });

  test("PostgreSQL: an error that the author passes over is told all the same, unless a savepoint was set", async () => {
    await begin("postgresql");
    const insert = "await db.execute(\"INSERT INTO items (id, part) VALUES (1, 'a')\");";
    writeCode("0002_over", `${insert} try { ${insert} } catch {}`);
    const silent = await failure(up(project));
    expect(silent.message).toContain("duplicate key value");
    expect(silent.message).toContain("the database does nothing more in the transaction");
    writeCode("0002_over", `${insert} try { ${insert} } catch {} await db.query("SELECT 1 AS x");`);
    expect((await failure(up(project))).message).toContain(
      "after this the database does nothing more in the transaction",
    );
    expect(await count()).toBe(0);
    writeCode(
      "0002_over",
      `${insert} await db.execute("SAVEPOINT again"); try { ${insert} } catch (e: any) { if (e.code !== "23505" || e.name !== "DatabaseError") throw e; await db.execute("ROLLBACK TO SAVEPOINT again"); }`,
    );
    await up(project);
    expect(await count()).toBe(1);
  });

  test("PostgreSQL: of too many rows no more are read than it takes to know, and few are all there", async () => {
    await begin("postgresql");
    writeCode("0002_many", 'await db.query("SELECT generate_series(1, ?::bigint) AS i", [100000000000]);');
    expect((await failure(up(project))).message).toContain(
      "the query gives more than 100000 rows; read them with db.batches()",
    );
    writeCode(
      "0002_many",
      `const counts = [];
      for (const sql of ["SELECT generate_series(1, 2500) AS i", "SHOW server_version", "WITH n AS (SELECT 1 AS i) TABLE n", "INSERT INTO items (id, part) VALUES (1, 'a'), (2, 'b') RETURNING id", "SELECT 1 AS i WHERE false", "UPDATE items SET note = 'x'"])
        counts.push((await db.query(sql)).length);
      await db.execute("UPDATE items SET note = ?", [counts.join()]);`,
    );
    await up(project);
    expect((await project.query("SELECT DISTINCT note FROM items"))[0]?.["note"]).toBe("2500,1,1,2,0,0");
    writeCode("0003_wrong", 'await db.query("SELECT nothing FROM items");');
    const error = await failure(up(project, { allowConflicts: true }));
    expect(error.data).toMatchObject({ code: "42703", file: "migrations/0003_wrong.ts", line: 4 });
    expect(error.message).toContain("^ column 8");
  });

  test("PostgreSQL: names stay where they lead, and an index that cannot be in a transaction is refused", async () => {
    await begin("postgresql");
    writeCode("0002_path", 'await db.execute("SET search_path TO elsewhere");');
    expect((await failure(up(project))).message).toContain("the SQL would lead names elsewhere");
    writeCode("0002_path", 'await db.execute("CREATE INDEX CONCURRENTLY i ON items (id)");');
    expect((await failure(up(project))).message).toContain("CREATE cannot be part of a transaction on PostgreSQL");
    writeCode("0002_path", `await db.execute("UPDATE items SET note = ? WHERE ?::jsonb ?? 'a'", ["x", '{"a":1}']);`);
    await up(project);
  });
});
