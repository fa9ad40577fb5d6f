import { beforeAll, describe, expect, test } from "bun:test";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { definitions } from "../../src/core/operations/index.ts";
import { planUp } from "../../src/core/plan/steps.ts";
import { queriesIn } from "../../src/dialects/sqlserver/catalog.ts";
import dialect from "../../src/dialects/sqlserver/dialect.ts";
import { migrationOf } from "../conformance/story.ts";
import { engineFile } from "../helpers/engines.ts";

// No SQL Server can be had here, and no parser of Microsoft's. The grammar is that of antlr/grammars-v4 (sql/tsql) in @dbml/core: it knows words and their
// order, and neither names nor types nor what has to be alone in its batch.

/** The same statement about other names and values is parsed once. */
const shapeOf = (sql: string): string =>
  sql
    .replace(/\[(?:[^\]]|\]\])*\]/g, "[x]")
    .replace(/N?'(?:[^']|'')*'/g, "'x'")
    .replace(/\b\d+(?:\.\d+)?\b/g, "1")
    .replace(/(?:\[x\](?:, )?)+/g, "[x]");

/** What is written otherwise in the grammar than in Microsoft's documentation, with the page that says so. */
const beyond: readonly (readonly [RegExp, string])[] = [
  [
    /WITH CHECK CHECK CONSTRAINT/,
    "https://learn.microsoft.com/sql/t-sql/statements/alter-table-transact-sql: [ WITH { CHECK | NOCHECK } ] { CHECK | NOCHECK } CONSTRAINT",
  ],
];

/** What takes the parser seconds is read in the long run only: the catalog's queries, and how the names of keys and defaults follow a table. */
const long = process.env["GODWIT_TEST_LONG"] === "1";
const isSlow = (sql: string): boolean => sql.includes("STRING_AGG");

const wrong: readonly string[] = [
  "CREATE TABLE [t] ([a] INT NULL",
  "ALTER TABLE [t] ADD COLUMN [a] INT",
  "ALTER TABLE [t] RENAME TO [u]",
  "ALTER TABLE [t] ALTER COLUMN [a] TYPE INT",
  "SELECT [a] FROM [t] ORDER BY [a] LIMIT 1",
  "CREATE INDEX [i] [t] ([a])",
  "UPDATE [t] SET [a] = 1 WHERE",
  "INSERT INTO [t] ([a]) VALUES (1) ON CONFLICT DO NOTHING",
];

let sent: readonly string[] = [];
let faults: ReadonlyMap<string, string | null>;

beforeAll(() => {
  const all = definitions.flatMap(({ kind, examples }) =>
    examples.flatMap(({ before, params }) => textsOf(before, { kind, ...(params as object) })),
  );
  const shapes = new Map(all.map((sql) => [shapeOf(sql), sql]));
  const { bookkeeping } = dialect;
  const values = [
    "N'core'",
    "N'0001'",
    "N'sum'",
    "N'applied'",
    "1",
    "N'2026-01-31T08:09:10.123Z'",
    "5",
    "N'0.1.0'",
    "N'ann'",
  ];
  const end = ["N'rolled_back'", "N'2026-01-31T08:09:10.123Z'", "5", "N'0.1.0'", "N'ann'"];
  const own = [
    ...bookkeeping.createHistory("godwit_history"),
    ...bookkeeping.createJournal("godwit_journal"),
    ...bookkeeping.past.create("godwit_past"),
    bookkeeping.past.list("godwit_past"),
    bookkeeping.past.keep(
      { past: "godwit_past", history: "godwit_history" },
      { track: "N'core'", name: "N'0001'" },
      end,
    ),
    bookkeeping.listHistory("godwit_history"),
    bookkeeping.insertHistory("godwit_history", values),
    bookkeeping.deleteHistory("godwit_history", "N'core'", "N'0001'"),
  ];
  const catalog = Object.values(queriesIn([]));
  sent = [...shapes.values(), ...own, ...catalog].filter((sql) => long || !(isSlow(sql) || catalog.includes(sql)));
  const asked = [...sent, ...wrong];
  const found = parse(asked);
  faults = new Map(asked.map((sql, i) => [sql, found[i] ?? null]));
}, 120_000);

function textsOf(before: Parameters<typeof planUp>[0]["before"], operation: object): readonly string[] {
  try {
    const { steps } = planUp({ pending: [migrationOf("grammar", [operation])], before, dialect });
    return steps.flatMap(({ actions }) =>
      actions.flatMap(({ commands }) => commands.flatMap((c) => (c.kind === "execute" ? [c.sql] : []))),
    );
  } catch {
    // What SQL Server has not is refused: the goldens hold how.
    return [];
  }
}

function parse(texts: readonly string[]): readonly (string | null)[] {
  const script = join(import.meta.dir, "../helpers/tsql-parser.cjs");
  const place = engineFile("@dbml/core/package.json", "tsql");
  const { status, stdout, stderr } = spawnSync("node", [script, place], {
    input: JSON.stringify(texts),
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`the parser failed: ${stderr.slice(0, 2000)}`);
  return JSON.parse(stdout) as readonly (string | null)[];
}

describe("Transact-SQL", () => {
  test("all that is sent for the examples of the operations, and for the history, is read by an independent grammar", () => {
    const refused = sent.filter((sql) => faults.get(sql) !== null && !beyond.some(([pattern]) => pattern.test(sql)));
    expect(refused.map((sql) => ({ sql, fault: faults.get(sql) }))).toEqual([]);
    expect(sent.length).toBeGreaterThan(90);
  });

  test("what is beyond the grammar still is, so that nothing is let pass without need", () => {
    for (const [pattern] of beyond) {
      const texts = sent.filter((sql) => pattern.test(sql));
      expect(texts.length).toBeGreaterThan(0);
      expect(texts.filter((sql) => faults.get(sql) === null)).toEqual([]);
    }
  });

  test.each(wrong.map((sql) => [sql] as const))("the grammar refuses %s", (sql) => {
    expect(faults.get(sql)).not.toBeNull();
  });
});
