import { expect, test } from "bun:test";
import { openSession, type Session } from "../helpers/script-session.ts";

const rounds = 20;
const names = ["0001_a", "0002_b", "0003_c"];

/** None of them can run twice: the table would be there, or the row. */
const files = new Map(
  names.map((name, i) => [
    `migrations/${name}.ts`,
    `import { createTable, migration, runSQL } from "godwit";
export default migration({
  dependencies: ${JSON.stringify(names.slice(Math.max(0, i - 1), i))},
  operations: [
    createTable({ name: "t${i}", fields: [{ name: "id", type: "integer", primaryKey: true }] }),
    runSQL({ forward: "INSERT INTO t${i} VALUES (1)", backward: "" }),
  ],
});
`,
  ]),
);

for (const database of ["sqlite", "postgresql", "mariadb", "turso"]) {
  test(`${database}: two processes of migrate up at once, ${rounds} times: each migration is applied once, both succeed`, async () => {
    const session = await openSession(database, files);
    try {
      for (let round = 0; round < rounds; round++) await play(session);
    } finally {
      await session.end();
    }
  }, 120_000);
}

async function play(session: Session): Promise<void> {
  const both = await Promise.all([session.run("godwit migrate up --json"), session.run("godwit migrate up --json")]);
  expect(both.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  const applied = both.flatMap(({ stdout }) => (JSON.parse(stdout) as { applied: readonly string[] }).applied);
  expect(applied.toSorted()).toEqual(names);
  const down = await session.run("godwit migrate down --to zero --json");
  expect(JSON.parse(down.stdout)).toEqual({ rolled_back: names.toReversed() });
}
