import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ToolError } from "../../src/core/errors.ts";
import { type PlanFile, sealPlan } from "../../src/core/plan/plan-file.ts";
import { hashText } from "../../src/runtime/plan-content.ts";
import { applyPlan } from "../../src/runtime/tasks/apply.ts";
import { plan } from "../../src/runtime/tasks/plan.ts";
import { status } from "../../src/runtime/tasks/status.ts";
import { up } from "../../src/runtime/tasks/up.ts";
import { createProject, databases, type TestProject } from "../helpers/migration-project.ts";

const table = (name: string): string =>
  `createTable({ name: "${name}", fields: [{ name: "id", type: "integer", primaryKey: true }, { name: "note", type: "text", nullable: true }] })`;

const refusal = async (run: Promise<unknown>): Promise<ToolError> => {
  const error = await run.then(
    () => new Error("nothing was thrown"),
    (reason: unknown) => reason,
  );
  if (error instanceof ToolError) return error;
  throw error;
};

for (const database of databases) {
  describe(`plans for ${database}`, () => {
    let project: TestProject;
    let out: string;
    beforeEach(async () => {
      project = await createProject(database);
      out = join(project.root, "plan.json");
      project.write("0001_a", table("a"));
      await up(project);
      project.write("0002_b", table("b"), { dependencies: ["0001_a"] });
      project.write("0003_c", `dropField({ table: "a", name: "note" }), ${table("c")}`, { dependencies: ["0002_b"] });
    });
    afterEach(() => project.dispose());

    const pending = async (): Promise<number> => (await status(project)).pending;
    const moved = async (): Promise<unknown> => {
      const before = await pending();
      const error = await refusal(applyPlan(project, { file: out }));
      expect(error.code).toBe("history");
      expect(await pending()).toBe(before);
      return error.data["moved"];
    };

    test("what is planned is what is applied, once", async () => {
      const { migrations } = await plan(project, { out });
      expect(migrations.map((m) => [m.name, m.hazards])).toEqual([
        ["0002_b", []],
        ["0003_c", [{ operation: 0, risk: "lossy", title: 'drop field "note" of "a"' }]],
      ]);
      const shown = (await up(project, { dryRun: true })).planned;
      expect(migrations.map(({ name, statements }) => ({ name, statements }))).toEqual([...(shown ?? [])] as never);
      expect(await pending()).toBe(2);
      expect(await applyPlan(project, { file: out })).toEqual({ applied: ["0002_b", "0003_c"] });
      expect(await pending()).toBe(0);
      expect(await moved()).toEqual(['"0002_b" is in the history now', '"0003_c" is in the history now']);
    });

    test("a plan that stops at a migration is made again with the same end", async () => {
      await plan(project, { out, to: "0002_b" });
      expect(await applyPlan(project, { file: out })).toEqual({ applied: ["0002_b"] });
    });

    test("nothing to do is a plan too", async () => {
      await up(project);
      await plan(project, { out });
      expect(await applyPlan(project, { file: out })).toEqual({ applied: [] });
    });

    test("another run meanwhile", async () => {
      await plan(project, { out });
      await up(project, { to: "0002_b" });
      expect(await moved()).toEqual(['"0002_b" is in the history now']);
    });

    test("a migration that was edited, and one that came meanwhile", async () => {
      await plan(project, { out });
      project.write("0002_b", table("bb"), { dependencies: ["0001_a"] });
      project.write("0004_d", table("d"), { dependencies: ["0003_c"] });
      expect(await moved()).toEqual(['"0002_b" has other operations', '"0004_d" would run as well']);
    });

    test("comments and layout of a migration do not count", async () => {
      await plan(project, { out });
      const file = join(project.migrationsDir, "0002_b.ts");
      writeFileSync(file, `// reviewed\n${readFileSync(file, "utf8").replaceAll("\n", "\r\n")}`);
      expect(await applyPlan(project, { file: out })).toEqual({ applied: ["0002_b", "0003_c"] });
    });

    test("a table that was changed by hand, and one that appeared", async () => {
      await plan(project, { out });
      await project.withDatabase(async ({ driver }) => {
        await driver.execute("ALTER TABLE a ADD COLUMN more INTEGER");
        await driver.execute("CREATE TABLE by_hand (id INTEGER)");
      });
      expect(await moved()).toEqual(['table "a" is different', 'table "by_hand" is new']);
    });

    test("a late migration that was allowed when the plan was made stays allowed", async () => {
      await up(project);
      project.write("0002_x", table("x"), { dependencies: ["0001_a"] });
      const strict: TestProject = { ...project, order: "strict" };
      expect((await refusal(plan(strict, { out }))).code).toBe("history");
      expect(existsSync(out)).toBe(false);
      await plan(strict, { out, order: "any" });
      expect(await applyPlan(strict, { file: out })).toEqual({ applied: ["0002_x"] });
    });

    test("the file holds no password and no address", async () => {
      await plan(project, { out });
      const text = readFileSync(out, "utf8");
      const { password, host, pathname } = new URL(project.database.url);
      for (const secret of [password, host, pathname]) if (secret) expect(text).not.toContain(secret);
    });

    test("a plan that was edited is refused; SQL slipped into it with a new checksum is not run either", async () => {
      const { checksum, ...content } = await plan(project, { out });
      const text = readFileSync(out, "utf8");
      writeFileSync(out, text.replace("CREATE TABLE", "CREATE  TABLE"));
      expect((await refusal(applyPlan(project, { file: out }))).message).toContain("was changed after it was written");
      const evil = content.migrations.map((m) => ({
        ...m,
        statements: [{ sql: "DROP TABLE a", step: 1, transaction: true }],
      }));
      const forged: PlanFile = sealPlan({ ...content, migrations: evil }, hashText);
      expect(forged.checksum).not.toBe(checksum);
      writeFileSync(out, JSON.stringify(forged));
      expect(await moved()).toEqual(['the SQL of "0002_b" is another', 'the SQL of "0003_c" is another']);
      expect(await project.query("SELECT id FROM a")).toEqual([]);
    });

    test("the next version's plans and other files are refused, and other files are not written over", async () => {
      await plan(project, { out });
      writeFileSync(out, readFileSync(out, "utf8").replace('"version": 1', '"version": 2'));
      expect((await refusal(applyPlan(project, { file: out }))).message).toContain("version 2");
      await plan(project, { out });
      const other = join(project.root, "schema.yaml");
      writeFileSync(other, "tables: []\n");
      expect((await refusal(applyPlan(project, { file: other }))).code).toBe("file");
      expect((await refusal(plan(project, { out: other }))).code).toBe("file");
      expect(readFileSync(other, "utf8")).toBe("tables: []\n");
    });
  });
}

test("a plan for one database is not run on another", async () => {
  const [sqlite, postgres] = [await createProject("sqlite"), await createProject("postgresql")];
  const out = join(sqlite.root, "plan.json");
  sqlite.write("0001_a", table("a"));
  await plan(sqlite, { out });
  const error = await refusal(applyPlan({ ...sqlite, database: postgres.database }, { file: out }));
  expect(error.data["moved"]).toEqual(["the plan is for sqlite, and the database is postgresql"]);
  await Promise.all([sqlite.dispose(), postgres.dispose()]);
});
