import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { oldProjects } from "../helpers/old-projects.ts";
import { dumpPostgres } from "../helpers/postgres-dump.ts";
import { postgresServer } from "../helpers/postgres-server.ts";
import { dumpWithout, fullyTakenOver, takeOver, withDatabase, writeFiles } from "../helpers/take-over.ts";

// Databases as tools leave them that CI cannot install, by what these tools say of their files and tables; test/acceptance/adopt.test.ts has those that it can.

const folder = mkdtempSync(join(tmpdir(), "godwit-adopt-forms-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(oldProjects)("$tool", ({ tool, files, statements, history, books }) => {
  test("what it has left is taken over, changed and made anew", async () => {
    const server = await postgresServer();
    const [old, fresh] = [await server.createDatabase(), await server.createDatabase()];
    const theirs = join(folder, tool);
    writeFiles(theirs, files);
    await withDatabase(old.url, async ({ driver }) => {
      for (const sql of [...statements, ...history]) await driver.execute(sql);
    });
    const ours = `${theirs}-godwit`;
    expect(await takeOver({ tool, theirs, ours, old: old.url, fresh: fresh.url })).toMatchObject(fullyTakenOver);
    expect(await dumpWithout(fresh.url, dumpPostgres, books)).toEqual(await dumpWithout(old.url, dumpPostgres, books));
    await Promise.all([old.drop(), fresh.drop()]);
  }, 60_000);
});
