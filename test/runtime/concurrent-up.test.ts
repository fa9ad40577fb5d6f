import { expect, test } from "bun:test";
import { join } from "node:path";
import { down } from "../../src/runtime/tasks/down.ts";
import { status } from "../../src/runtime/tasks/status.ts";
import { createProject, databases, type TestProject } from "../helpers/migration-project.ts";

const rounds = 20;
const names = ["0001_a", "0002_b", "0003_c"];

/** `up` in a process of its own, so that nothing but the database stands between the two. */
const upProcess = async ({ root, migrationsDir, schemaPaths, database, historyTable }: TestProject) => {
  const project = JSON.stringify({ root, migrationsDir, schemaPaths, database, historyTable });
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "up-process.ts"), project], {
    stdout: "pipe",
    stderr: "pipe",
  });
  const [stdout, stderr, code] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  if (code !== 0) throw new Error(`up failed: ${stderr}`);
  return (JSON.parse(stdout) as { readonly applied: readonly string[] }).applied;
};

for (const database of databases) {
  test(`${database}: of two runs at once each migration is applied exactly once, ${rounds} times over`, async () => {
    const project = await createProject(database);
    for (const [i, name] of names.entries()) {
      // Not idempotent: a second run of any of these would fail.
      const create = `createTable({ name: "t${i}", fields: [{ name: "id", type: "integer", primaryKey: true }] })`;
      const before = names[i - 1];
      const insert = `runSQL({ forward: "INSERT INTO t${i} VALUES (1)", backward: "" })`;
      project.write(name, `${create}, ${insert}`, before ? { dependencies: [before] } : {});
    }
    for (let round = 0; round < rounds; round++) {
      const both = await Promise.all([upProcess(project), upProcess(project)]);
      expect(both.flat().toSorted()).toEqual(names);
      expect(await status(project)).toMatchObject({ applied: 3, pending: 0, failed: 0 });
      await down(project, { to: "zero" });
    }
    await project.dispose();
  }, 120_000);
}
