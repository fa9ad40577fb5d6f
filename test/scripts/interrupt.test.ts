import { describe, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { openDatabase } from "../../src/runtime/database.ts";
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

/** Stands between the executable and the server, and passes nothing on any more once a client has sent a query that begins so. */
async function startStall(url: string, query: string) {
  const { hostname, port } = new URL(url);
  const open: Socket[] = [];
  let stalled = false;
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    open.push(client, upstream);
    for (const socket of [client, upstream]) socket.on("error", () => undefined);
    client.on("data", (bytes) => {
      if (!stalled) upstream.write(bytes);
      // The journal sends the same text as a parameter.
      stalled ||= new RegExp(`Q[^]{4}${query}`).test(bytes.toString("latin1"));
    });
    upstream.on("data", (bytes) => void (stalled || client.write(bytes)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const through = new URL(url);
  through.port = String(typeof address === "object" && address ? address.port : 0);
  return {
    url: through.href,
    close: () => {
      for (const socket of open) socket.destroy();
      server.close();
    },
  };
}

test("a second signal ends a run that hears nothing from its server, and the next one finds out what became of it", async () => {
  const index = "CREATE INDEX CONCURRENTLY by_id ON a (id)";
  const files = new Map([["migrations/0001_a.ts", migration([table("a"), sqlOperation(index), table("c")])]]);
  const session = await openSession("postgresql", files);
  const { DATABASE_URL: url = "" } = session.env;
  const stall = await startStall(url, "CREATE INDEX CONCURRENTLY");
  const blocker = await openDatabase({ url });
  try {
    // The index is not done before this transaction is.
    await blocker.driver.begin("BEGIN ISOLATION LEVEL REPEATABLE READ");
    await blocker.driver.query("SELECT count(*) FROM pg_class");
    const run = await begin({ ...session, env: { ...session.env, DATABASE_URL: stall.url } });
    await run.says('create table "a"');
    await waitFor(async () => {
      const { stdout } = await session.run("godwit migrate status --json");
      return stdout.includes(index);
    });
    run.child.kill("SIGINT");
    await Bun.sleep(1000);
    expect(run.child.exitCode).toBe(null);
    run.child.kill("SIGINT");
    const start = performance.now();
    expect((await run.ended()).exitCode).toBe(130);
    expect(performance.now() - start).toBeLessThan(2000);
    const { stdout } = await session.run("godwit migrate status");
    expect(stdout).toContain("0001_a stopped in statement 2, begun <time> and not seen to end");
    await blocker.driver.rollback();
    stall.close();
    expect(await session.run("godwit migrate up")).toMatchObject({ exitCode: 0, stdout: "1 migration applied\n" });
    const valid = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('by_id')";
    expect(await blocker.driver.query(valid)).toEqual([{ indisvalid: true }]);
  } finally {
    await blocker.close();
    stall.close();
    await session.end();
  }
});

async function waitFor(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error("waited in vain");
    await Bun.sleep(50);
  }
}

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
