import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lockKeyOf } from "../../src/core/adopt/locks.ts";
import { openDatabase } from "../../src/runtime/database.ts";
import { godwitBinary } from "../helpers/binary.ts";
import { postgresServer } from "../helpers/postgres-server.ts";
import { prismaProject } from "../helpers/prisma.ts";

// What the real Prisma leaves behind where not all went well; on SQLite, as on PostgreSQL each `migrate resolve` sits ten seconds after it has done its work.
// That all that it did is taken over, on PostgreSQL, is in adopt.test.ts.

const folder = mkdtempSync(join(tmpdir(), "godwit-prisma-"));
let binary: string;
beforeAll(async () => {
  binary = await godwitBinary();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs godwit in a folder of its own; what it said, and how it ended. */
const godwitIn = (name: string, url: string) => {
  const cwd = join(folder, name);
  mkdirSync(cwd, { recursive: true });
  const env = { ...process.env, GODWIT_DATABASE_URL: url };
  return (...words: readonly string[]): { readonly exitCode: number; readonly said: string } => {
    const { exitCode, stdout, stderr } = Bun.spawnSync([binary, ...words], { cwd, env });
    return { exitCode, said: `${stdout}${stderr}` };
  };
};

test("a migration that failed, was rolled back, was resolved, and one that was edited afterwards", async () => {
  const url = `file:${join(folder, "failing.db")}`;
  const prisma = prismaProject(join(folder, "failing"), "sqlite", url);
  const godwit = godwitIn("failing-godwit", url);
  const source = join(folder, "failing/prisma");
  prisma.write("20240101000000_users", 'CREATE TABLE "User" ("id" INTEGER NOT NULL PRIMARY KEY);\n');
  expect(prisma.run("migrate", "deploy").exitCode).toBe(0);
  expect(godwit("convert", source, "--state").said).toContain("converted 1 migration of prisma");
  expect(godwit("migrate", "adopt").said).toContain("recorded 2 migrations of prisma as applied");

  const bad = "20240102000000_bad";
  prisma.write(bad, 'CREATE TABLE "Post" ("id" INT);\nALTER TABLE "Nowhere" ADD COLUMN "a" INT;\n');
  expect(prisma.run("migrate", "deploy").exitCode).toBe(1);
  const failed = `error: Prisma Migrate: "${bad}" failed; repair the database, and say with \`prisma migrate resolve --applied ${bad}\` or \`--rolled-back ${bad}\` what is there; then`;
  expect(godwit("convert", source, "--state")).toEqual({
    exitCode: 1,
    said: `${failed} convert again, or leave out what the database has with --no-state\n`,
  });
  expect(godwit("convert", source).said).toContain(`created migrations/${bad}.ts`);
  expect(godwit("migrate", "adopt")).toEqual({ exitCode: 1, said: `${failed} adopt again\n` });

  expect(prisma.run("migrate", "resolve", "--rolled-back", bad).said).toContain("marked as rolled back");
  expect(godwit("migrate", "adopt").said).toContain(`pending ${bad}: prisma has not applied it`);
  expect(godwit("convert", source, "--state").said).toContain(
    `${bad}/migration.sql" to this database, so what it has is not`,
  );

  expect(prisma.run("migrate", "resolve", "--applied", bad).said).toContain("marked as applied");
  expect(godwit("migrate", "adopt").said).toContain(`recorded ${bad}`);
  const before = godwit("convert", source, "--state");
  expect(before.said).not.toContain("was changed");

  prisma.write("20240101000000_users", 'CREATE TABLE "User" ("id" TEXT NOT NULL PRIMARY KEY);\n');
  expect(prisma.run("migrate", "status").said).toContain("Database schema is up to date!");
  const again = godwitIn("failing-again", url)("convert", source, "--state");
  expect(again.said).toMatch(
    /^warning: .*_users\/migration\.sql:1: was changed after Prisma Migrate applied it to this database \(SHA-256 \w{8}… there, \w{8}… here\); restore it/m,
  );
  expect(again.exitCode).toBe(0);
}, 120_000);

test("Prisma waits for the lock that `also_lock: [prisma]` takes on PostgreSQL", async () => {
  const { name, url, drop } = await (await postgresServer()).createDatabase();
  const prisma = prismaProject(join(folder, "locked"), "postgresql", url);
  prisma.write("20240101000000_users", 'CREATE TABLE "User" ("id" SERIAL PRIMARY KEY);\n');
  const holder = await openDatabase({ url });
  try {
    const { driver } = holder;
    const lock = lockKeyOf("prisma", "number", { database: name, schema: "public" });
    await driver.query(`SELECT pg_advisory_lock(${lock})`);
    const deployed = prisma.start("migrate", "deploy");
    const ended = deployed.then(() => true);
    const waiting = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = ${lock} AND NOT granted`;
    while ((await driver.query(waiting)).length === 0)
      if (await Promise.race([ended, Bun.sleep(50).then(() => false)])) throw new Error((await deployed).said);
    await driver.query(`SELECT pg_advisory_unlock(${lock})`);
    expect((await deployed).said).toContain("All migrations have been successfully applied.");
  } finally {
    await holder.close();
    await drop();
  }
}, 120_000);

test("on SQLite, where Prisma makes tables anew", async () => {
  const url = `file:${join(folder, "app.db")}`;
  const prisma = prismaProject(join(folder, "sqlite"), "sqlite", url);
  const users = "model User {\n  id Int @id @default(autoincrement())\n  email String @unique\n}";
  prisma.step("20240101000000_users", users);
  prisma.step(
    "20240102000000_posts",
    `model User {
  id Int @id @default(autoincrement())
  email String? @unique
  name String @default("x")
  posts Post[]
}
model Post {
  id String @id @default(uuid())
  at DateTime @default(now())
  score Decimal @default(0)
  bytes Bytes?
  author User @relation(fields: [authorId], references: [id], onDelete: Cascade)
  authorId Int
  @@index([authorId, at(sort: Desc)])
  @@map("posts")
}`,
  );
  expect(prisma.run("migrate", "deploy").said).toContain("All migrations have been successfully applied.");
  for (const [name, words] of [
    ["ts", ["--state"]],
    ["typed", ["--as", "typed", "--state"]],
  ] as const) {
    const table = `made_${name}`;
    const own = godwitIn(`sqlite-${name}`, url);
    expect(own("convert", join(folder, "sqlite/prisma"), ...words).said).toContain("converted 2 migrations of prisma");
    expect(own("migrate", "adopt", "--history-table", table).said).toContain("of prisma as applied");
    expect(own("migrate", "status", "--history-table", table).said).toContain(", 0 pending");
    expect(own("schema", "drift", "--history-table", table).said).toContain("no drift");
    const fresh = godwitIn(`sqlite-${name}`, `sqlite:${join(folder, `${name}.db`)}`);
    expect(fresh("migrate", "up").said).toContain("applied 20240102000000_posts");
    expect(await schemaIn(`${name}.db`)).toEqual(await schemaIn("app.db"));
  }
}, 120_000);

/** What `sqlite_schema` has of the project's own tables. */
async function schemaIn(file: string): Promise<readonly unknown[]> {
  const database = await openDatabase({ url: `sqlite:${join(folder, file)}` });
  try {
    return await database.driver.query(
      "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE tbl_name NOT GLOB 'godwit_*' AND tbl_name NOT GLOB 'made_*' AND tbl_name <> '_prisma_migrations' ORDER BY 1, 2",
    );
  } finally {
    await database.close();
  }
}
