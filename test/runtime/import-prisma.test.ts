import { describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importPrisma } from "../../src/runtime/tasks/import-prisma.ts";
import { importStory } from "../helpers/import-story.ts";

const fixtures = join(import.meta.dir, "../fixtures/prisma");
const project = { database: { url: "sqlite:nowhere.db" } };

// The SQL beside the schemas is what Prisma's own engine prints for them.
describe.each(["sqlite", "postgresql"] as const)("a Prisma schema for %s", (provider) => {
  test("is the database that Prisma makes, and the one that godwit makes of it", async () => {
    const result = await importPrisma(project, { paths: [join(fixtures, `${provider}.prisma`)] });
    const sql = join(fixtures, `${provider}.sql`);
    const { theirs, ours } = await importStory(provider, result, sql);
    expect(result.dialect.name).toBe(provider);
    expect(theirs).toEqual({ changes: [], tables: result.tables.toSorted() });
    expect(ours).toEqual(theirs);
    expect(theirs.tables.length).toBe(readFileSync(sql, "utf8").match(/CREATE TABLE/g)?.length ?? -1);
  }, 60_000);
});

test("links to directories are not followed, which may lead in circles", async () => {
  const folder = mkdtempSync(join(tmpdir(), "godwit-prisma-"));
  try {
    writeFileSync(join(folder, "a.prisma"), readFileSync(join(fixtures, "sqlite.prisma")));
    symlinkSync(folder, join(folder, "again"));
    symlinkSync(folder, join(folder, "again.prisma"));
    const { tables } = await importPrisma(project, { paths: [folder] });
    expect(tables.length).toBeGreaterThan(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
