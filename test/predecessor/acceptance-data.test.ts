import { expect } from "bun:test";
import { readdirSync } from "node:fs";
import { generateData } from "../../src/runtime/tasks/generate-data.ts";
import { field, onBoth, type Story, schemaOf, serialId } from "./story.ts";

// See acceptance-schema.test.ts for what these are.

const tables = schemaOf({
  users: [serialId, field("name", "text"), field("seen", "timestamp")],
  logs: [serialId, field("name", "text")],
});

async function filled(story: Story): Promise<void> {
  await story.migrate(tables);
  await story.execute(
    "INSERT INTO users (id, name, seen) VALUES (1, 'ann', '2024-01-02 03:04:05'), (2, 'bob', '2024-01-02 03:04:05'), (3, 'ann', NULL)",
    "INSERT INTO logs (id, name) VALUES (7, 'ann'), (8, 'bob')",
  );
}

/** Keys of the rows that are printed, table by table. */
async function idsOf(story: Story, where: readonly string[], names: readonly string[]): Promise<unknown> {
  const { source } = await generateData(story, { tables: names, where, dryRun: true });
  const found = (source ?? "").split("upsertData(").slice(1);
  return Object.fromEntries(
    found.map((text) => [
      /table: "(\w+)"/.exec(text)?.[1] ?? "",
      [...text.matchAll(/\bid: (\d+)/g)].map((match) => Number(match[1])),
    ]),
  );
}

onBoth("dump-data: a condition is for a table only where it names one of those that are dumped", async (story) => {
  await filled(story);
  const both = ["users", "logs"];
  expect(await idsOf(story, ["users:name = 'ann'"], both)).toEqual({ users: [1, 3], logs: [7, 8] });
  expect(await idsOf(story, ["name = 'ann'"], both)).toEqual({ users: [1, 3], logs: [7] });
  expect(await idsOf(story, ["seen >= '2024-01-02 03:04:05'"], ["users"])).toEqual({ users: [1, 2] });
  expect(await idsOf(story, ["users:seen = '2024-01-02 03:04:05'"], both)).toEqual({ users: [1, 2], logs: [7, 8] });
  expect(await idsOf(story, ["users:name = 'ann' OR name = 'bob'", "users:id > 1"], both)).toEqual({
    users: [2, 3],
    logs: [7, 8],
  });
  // A condition for a table that is not dumped is a condition like any other, and no SQL.
  const other = generateData(story, { tables: ["users"], where: ["logs:id = 1"], dryRun: true });
  await expect(other).rejects.toMatchObject({ code: "database" });
});

onBoth("dump-data: keys that are given need no migrations, and a dry run only prints", async (story) => {
  await story.execute("CREATE TABLE plain (a INTEGER, b VARCHAR(9))", "INSERT INTO plain VALUES (1, 'x'), (2, 'y')");
  const options = { tables: ["plain"], conflictKeys: ["a"], dryRun: true };
  const { created, name, source } = await generateData(story, options);
  expect({ created, name, files: readdirSync(story.migrationsDir) }).toEqual({
    created: null,
    name: "0001_dump_plain",
    files: [],
  });
  expect(source).toContain('keys: ["a"]');
  expect(source).toContain('{ a: 2, b: "y" }');
  await expect(generateData(story, { ...options, conflictKeys: [] })).rejects.toMatchObject({ code: "usage" });
});

onBoth("dump-data: what is written is applied to another database, and taken back", async (story) => {
  await filled(story);
  const { created } = await generateData(story, { tables: ["logs", "users"] });
  expect(created).toBe("migrations/0002_dump_data.ts");
  await story.execute("DELETE FROM logs", "UPDATE users SET name = 'changed'");
  await story.up();
  expect(await story.values("SELECT name FROM logs ORDER BY id")).toEqual(["ann", "bob"]);
  expect(await story.values("SELECT name FROM users ORDER BY id")).toEqual(["ann", "bob", "ann"]);
  await story.back();
  expect(await story.values("SELECT id FROM users")).toEqual([]);
});
