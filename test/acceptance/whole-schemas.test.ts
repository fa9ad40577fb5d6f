import { afterAll, describe, expect, test } from "bun:test";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { splitScript } from "../../src/core/sql-files/split.ts";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import { godwitBinary } from "../helpers/binary.ts";
import { dumpMariadb } from "../helpers/mariadb-dump.ts";
import { mariadbServer } from "../helpers/mariadb-server.ts";
import { type DumpLine, dumpPostgres } from "../helpers/postgres-dump.ts";
import { postgresServer } from "../helpers/postgres-server.ts";
import { dumpSqlite } from "../helpers/sqlite-dump.ts";

// Whole schemas, as people have them, taken over from a database: what is imported makes the same database anew, and none when it is taken back.

const fixtures = join(import.meta.dir, "../fixtures/schemas");
const folder = mkdtempSync(join(tmpdir(), "godwit-schemas-"));
const ends: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const end of ends) await end();
  rmSync(folder, { recursive: true, force: true });
});

/** Two databases: the one that is taken over, and an empty one. */
async function databases(name: string, dialect: string): Promise<readonly [string, string]> {
  if (dialect === "sqlite") return [`sqlite:${join(folder, `${name}.db`)}`, `sqlite:${join(folder, `${name}-new.db`)}`];
  const server = await (dialect === "mariadb" ? mariadbServer() : postgresServer());
  const made = [await server.createDatabase(), await server.createDatabase()] as const;
  ends.push(async () => void (await Promise.all(made.map((database) => database.drop()))));
  return [made[0].url, made[1].url];
}

async function load(url: string, sql: string): Promise<void> {
  const { dialect, driver } = await openDatabase({ url });
  try {
    for (const { text } of splitScript(sql, dialect.scriptSyntax)) await driver.execute(text);
  } finally {
    await driver.close();
  }
}

/** A pg_dump no older than the server (`GODWIT_TEST_PG_DUMP`), whose word is taken then. */
const pgDump = process.env["GODWIT_TEST_PG_DUMP"];

/** What it prints of a database, without the words of one run. */
function printedBy(program: string, url: string): readonly string[] {
  const { status, stdout, stderr } = spawnSync(program, ["--schema-only", "--exclude-table=godwit_*", url], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return stdout.split("\n").filter((line) => !/^\\(?:un)?restrict /.test(line));
}

const dumps: Readonly<Record<string, (database: Database) => Promise<readonly DumpLine[]>>> = {
  postgresql: dumpPostgres,
  sqlite: dumpSqlite,
  mariadb: dumpMariadb,
};

/** What `pg_dump --schema-only` would, sqlite_schema and the pragmas, or SHOW CREATE do say of it. */
async function dump(url: string): Promise<readonly string[]> {
  if (pgDump !== undefined && url.startsWith("postgres")) return printedBy(pgDump, url);
  const database = await openDatabase({ url });
  try {
    const lines = await dumps[database.dialect.name]?.(database);
    if (!lines) throw new Error(`nothing dumps ${database.dialect.name}`);
    return lines.map(({ object, text }) => `${object}: ${text}`).toSorted();
  } finally {
    await database.driver.close();
  }
}

/** Runs the executable in a directory; what it printed, with its exit code when that is not 0. */
async function godwit(root: string, ...args: readonly string[]): Promise<string> {
  const { status, stdout, stderr } = spawnSync(await godwitBinary(), args, { cwd: root, encoding: "utf8" });
  return status === 0 ? stdout : `exit ${status}: ${stdout}${stderr}`;
}

describe.each(readdirSync(fixtures).toSorted())("%s", (file) => {
  const [name = "", dialect = ""] = file.split(".");
  const everywhere = dialect === "postgresql" ? ["--namespace", "*"] : [];

  test.each([
    ["in one file", []],
    ["in a file per table", ["--split"]],
  ])(
    "makes the same database anew, %s",
    async (how, split) => {
      const [old, empty] = await databases(`${name}.${dialect}-${split.length}`, dialect);
      const nothing = await dump(empty);
      await load(old, readFileSync(join(fixtures, file), "utf8"));
      const root = join(folder, `${name}.${dialect} ${how}`);
      mkdirSync(root);
      expect(await godwit(root, "init", "--from-db", old, ...everywhere, ...split)).toContain("created godwit.yaml");
      const { unsupported } = JSON.parse(
        await godwit(root, "schema", "import", "--from-db", old, ...everywhere, "--json"),
      );
      expect(unsupported).toEqual([]);
      expect(await godwit(root, "generate", "--name", "start", "--url", old)).toContain("0001_start");

      expect(await godwit(root, "migrate", "up", "--url", empty)).toContain("applied");
      expect(await dump(empty)).toEqual(await dump(old));
      expect(await godwit(root, "migrate", "fake", "--all", "--url", old)).toContain("0001_start");
      for (const url of [empty, old])
        expect(JSON.parse(await godwit(root, "schema", "drift", "--url", url, "--json"))).toMatchObject({
          changes: [],
          unsupported: [],
        });
      expect(await godwit(root, "generate", "--check", "--url", empty)).not.toContain("exit");

      expect(await godwit(root, "migrate", "down", "--to", "zero", "--url", empty)).not.toContain("exit");
      expect(await dump(empty)).toEqual(nothing);
      expect(existsSync(join(root, "migrations/0001_start.ts"))).toBe(true);
    },
    60_000,
  );
});
