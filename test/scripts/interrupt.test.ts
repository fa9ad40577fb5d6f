import { describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openSession, type Session } from "../helpers/script-session.ts";

const sqliteWork =
  "INSERT INTO b (id) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500000) SELECT i FROM n WHERE i < 0";

/** Keeps the database at work for much longer than the test waits. */
const busyWith: Readonly<Record<string, string>> = {
  // SQLite works inside the process, so a signal is heard between operations.
  sqlite: Array.from({ length: 100 }, (_, i) => sqlOperation(`${sqliteWork} -- ${i}`)).join(", "),
  postgresql: sqlOperation("SELECT pg_sleep(20)"),
};
function sqlOperation(forward: string): string {
  return `runSQL({ forward: ${JSON.stringify(forward)} })`;
}
const table = (name: string) =>
  `createTable({ name: "${name}", fields: [{ name: "id", type: "integer", primaryKey: true }] })`;
const migration = (operations: readonly string[], dependencies: readonly string[] = []) =>
  `import { createTable, migration, runSQL } from "godwit";
export default migration({ dependencies: ${JSON.stringify(dependencies)}, operations: [${operations.join(", ")}] });
`;

async function begin(session: Session) {
  const child = Bun.spawn([join(session.directory, "../bin/godwit"), "migrate", "up", "--verbose"], {
    cwd: session.directory,
    env: session.env,
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  let stderr = "";
  const reading = (async () => {
    for await (const chunk of child.stderr) stderr += new TextDecoder().decode(chunk);
  })();
  const says = async (text: string): Promise<void> => {
    const deadline = Date.now() + 10_000;
    while (!stderr.includes(text)) {
      if (Date.now() > deadline) throw new Error(`waited for "${text}", but it said: ${stderr}`);
      await Bun.sleep(5);
    }
  };
  const ended = async () => {
    const exitCode = await child.exited;
    await reading;
    return { exitCode, stderr };
  };
  return { child, says, ended };
}

describe("Ctrl-C during migrate up", () => {
  for (const database of ["sqlite", "postgresql"]) {
    for (const [signal, exitCode] of [
      ["SIGINT", 130],
      ["SIGTERM", 143],
    ] as const) {
      test(`${signal} on ${database}: the migration at work leaves nothing, those before it stay, the lock is free`, async () => {
        const files = new Map([
          ["migrations/0001_a.ts", migration([table("a")])],
          ["migrations/0002_b.ts", migration([table("b"), busyWith[database] ?? ""], ["0001_a"])],
        ]);
        const session = await openSession(database, files);
        try {
          const run = await begin(session);
          await run.says('create table "b"');
          const start = performance.now();
          run.child.kill(signal);
          const ended = await run.ended();
          expect(ended.exitCode).toBe(exitCode);
          expect(performance.now() - start).toBeLessThan(5000);
          expect(ended.stderr).toContain(
            'error: stopped on request during "0002_b"; nothing of it is left\ndone before it: 0001_a',
          );
          const { stdout } = await session.run("godwit migrate status --json");
          expect(JSON.parse(stdout)).toMatchObject({ applied: 1, pending: 1, failed: 0 });
          writeFileSync(join(session.directory, "migrations/0002_b.ts"), migration([table("b")], ["0001_a"]));
          expect(await session.run("godwit migrate up --lock-timeout 2s")).toMatchObject({ exitCode: 0 });
        } finally {
          await session.end();
        }
      });
    }
  }
});

test("SIGKILL on sqlite: nothing is left of the migration at work, and the lock of the dead is taken over", async () => {
  const rows =
    "SELECT i, hex(randomblob(50)) FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) SELECT i FROM n)";
  // More than SQLite keeps in memory, so that half of it is in the file when the process dies.
  const fill = [
    `createTable({ name: "b", fields: [{ name: "id", type: "integer", primaryKey: true }, { name: "x", type: "text" }] })`,
    sqlOperation(`INSERT INTO b ${rows}`),
  ];
  const files = new Map([
    ["migrations/0001_a.ts", migration([table("a")])],
    ["migrations/0002_b.ts", migration([...fill, busyWith["sqlite"] ?? ""], ["0001_a"])],
  ]);
  const session = await openSession("sqlite", files);
  try {
    const run = await begin(session);
    await run.says("run SQL: INSERT INTO b");
    run.child.kill("SIGKILL");
    await run.ended();
    const { stdout } = await session.run("godwit migrate status --json");
    expect(JSON.parse(stdout)).toMatchObject({ applied: 1, pending: 1, failed: 0 });
    writeFileSync(join(session.directory, "migrations/0002_b.ts"), migration([table("b")], ["0001_a"]));
    const again = await session.run("godwit migrate up --lock-timeout 2s");
    expect(again).toEqual({ exitCode: 0, stdout: "1 migration applied\n", stderr: "applied 0002_b (<ms>)\n" });
  } finally {
    await session.end();
  }
});
