import { expect, test } from "bun:test";
import { join } from "node:path";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import { pgbouncer } from "../helpers/pgbouncer.ts";
import { openSession, type Session } from "../helpers/script-session.ts";

/** With GODWIT_TEST_LONG, as often and as many as a busy deployment would. */
const long = Boolean(process.env["GODWIT_TEST_LONG"]);
const rounds = long ? 10 : 1;
const processes = long ? 50 : 25;

interface Kind {
  readonly title: string;
  readonly database: "sqlite" | "postgresql" | "mariadb";
  /** What godwit.yaml says. */
  readonly config: string;
  /** Through a PgBouncer that gives each transaction one of five sessions. */
  readonly pooled?: true;
}

const kinds: readonly Kind[] = [
  { title: "SQLite", database: "sqlite", config: "" },
  { title: "PostgreSQL", database: "postgresql", config: "" },
  { title: "PostgreSQL with a lease", database: "postgresql", config: "lock: table\n" },
  { title: "PostgreSQL behind PgBouncer", database: "postgresql", config: "lock: table\n", pooled: true },
  { title: "MariaDB", database: "mariadb", config: "" },
  { title: "MariaDB with a lease", database: "mariadb", config: "lock: table\n" },
];

const names = ["0001_a", "0002_b", "0003_c", "0004_d"];

/** None of them can run twice: the table would be there, or the index, or the row. */
const filesOf = ({ database, config }: Kind): ReadonlyMap<string, string> => {
  const how = database === "postgresql" ? " CONCURRENTLY" : "";
  const on = (i: number): string => (database === "mariadb" ? ` ON t${i}` : "");
  const files = names.map((name, i): [string, string] => [
    `migrations/${name}.ts`,
    `import { createTable, migration, runSQL } from "godwit";
export default migration({
  dependencies: ${JSON.stringify(names.slice(Math.max(0, i - 1), i))},
  operations: [
    createTable({ name: "t${i}", fields: [{ name: "id", type: "integer", primaryKey: true }, { name: "n", type: "integer" }] }),
    runSQL({ forward: "INSERT INTO t${i} VALUES (1, 1)", backward: "" }),
    runSQL({ forward: "CREATE INDEX${how} t${i}_n ON t${i} (n)", backward: "DROP INDEX t${i}_n${on(i)}" }),
  ],
});
`,
  ]);
  return new Map([...files, ["godwit.yaml", config]]);
};

for (const kind of kinds) {
  test(`${kind.title}: ${processes} processes of migrate up at once, ${rounds} times: each migration is applied once, all succeed`, async () => {
    const session = await openSession(kind.database, filesOf(kind));
    const direct = session.env["DATABASE_URL"] ?? "";
    const pooler = kind.pooled && (await pgbouncer(direct, { mode: "transaction", size: 5 }));
    const env = { ...session.env, ...(pooler && { DATABASE_URL: pooler.url }) };
    try {
      for (let round = 0; round < rounds; round++) await play({ ...session, env });
      if (kind.database === "postgresql") {
        const sql = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
        expect((await session.run(`sql '${sql}'`)).stdout).toMatch(/"deadlocks":"?0\b/);
      }
    } finally {
      await pooler?.stop();
      await session.end();
    }
  }, 600_000);
}

async function play(session: Session): Promise<void> {
  const results = await Promise.all(
    Array.from({ length: processes }, () => godwit(session, "migrate", "up", "--json")),
  );
  expect(results.filter(({ exitCode }) => exitCode !== 0)).toEqual([]);
  const applied = results.flatMap(({ stdout }) => (JSON.parse(stdout) as { applied: readonly string[] }).applied);
  expect(applied.toSorted()).toEqual(names);
  const down = await godwit(session, "migrate", "down", "--to", "zero", "--json");
  expect(JSON.parse(down.stdout)).toEqual({ rolled_back: names.toReversed() });
}

/** Without the time limit that commands of a session have. */
async function godwit({ directory, env }: Session, ...words: readonly string[]) {
  const child = Bun.spawn([join(directory, "../bin/godwit"), ...words], {
    cwd: directory,
    env,
    stdout: "pipe",
    stderr: "pipe",
  });
  const [stdout, stderr, exitCode] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  return { stdout, stderr, exitCode };
}

const heldMs = long ? 30_000 : 3000;

/** Somebody reads the table in a transaction that he leaves open; an ALTER waits for him, and everybody else for the ALTER. */
test(`a table that is held for ${heldMs} ms: retries are shown, and nobody waits longer than the lock timeout`, async () => {
  const session = await openSession("postgresql", users);
  const [holder, reader] = [await connect(session), await connect(session)];
  expect(await godwit(session, "migrate", "up", "--to", "0001_users")).toMatchObject({ exitCode: 0 });
  await holder.driver.begin("BEGIN");
  await holder.driver.query("SELECT * FROM users");
  const limits = ["--ddl-lock-timeout", "500ms", "--ddl-lock-retries", "100"];
  const up = godwit(session, "migrate", "up", ...limits).finally(() => {
    running = false;
  });
  let running = true;
  let longestMs = 0;
  const start = performance.now();
  while (running) {
    const before = performance.now();
    await reader.driver.query("SELECT * FROM users");
    longestMs = Math.max(longestMs, performance.now() - before);
    if (performance.now() - start > heldMs) await holder.driver.rollback();
    await Bun.sleep(10);
  }
  const { exitCode, stderr } = await up;
  expect(exitCode).toBe(0);
  expect(stderr.match(/0002_bio: .*lock timeout; trying again in /g)?.length).toBeGreaterThanOrEqual(2);
  // Slack for a busy machine; without the limit it would be as long as the table is held.
  expect(longestMs).toBeLessThan(1500);
  expect(longestMs).toBeGreaterThan(300);
  for (const database of [holder, reader]) await database.close();
  await session.end();
}, 120_000);

const connect = ({ env }: Session): Promise<Database> => openDatabase({ url: env["DATABASE_URL"] ?? "" });

const users = new Map([
  ["migrations/0001_users.up.sql", "CREATE TABLE users (id INTEGER);\n"],
  ["migrations/0001_users.down.sql", "DROP TABLE users;\n"],
  ["migrations/0002_bio.up.sql", "ALTER TABLE users ADD COLUMN bio TEXT;\n"],
  ["migrations/0002_bio.down.sql", "ALTER TABLE users DROP COLUMN bio;\n"],
]);
