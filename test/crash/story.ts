/** An engine whose runs are killed, by the name of its dialect. */
export type Engine = "sqlite" | "postgresql" | "mariadb" | "turso";

/** Path under `migrations/` → text. */
export type Files = ReadonlyMap<string, string>;

/**
 * Thirty migrations of all kinds, one after the other. Most of them count, so that whoever does something twice, or not at all, leaves
 * another number behind; none has to be looked at by a person when it is cut short.
 */
export function storyOf(engine: Engine): Files {
  const names = chapters.map((_, i) => `${String(i + 1).padStart(4, "0")}_step`);
  return new Map(
    chapters.map((chapter, i) => {
      const { sql, transaction, parts } = chapter(words[engine]);
      const file = { dependencies: names.slice(Math.max(0, i - 1), i), transaction: transaction ?? true, parts };
      return sql ? [`${names[i]}.up.sql`, sqlFile(file)] : [`${names[i]}.ts`, typedFile(file)];
    }),
  );
}

/** So many migrations that make a table with an index each. */
export function seriesOf(count: number): Files {
  const name = (n: number): string => `${String(n).padStart(4, "0")}_table`;
  const numbers = Array.from({ length: count }, (_, i) => i + 1);
  return new Map(
    numbers.map((n) => {
      const index = `indexes: [{ name: "by_${n}", fields: ["id"] }]`;
      const parts = [
        `createTable({ name: "t${n}", fields: [{ name: "id", type: "serial", primaryKey: true }], ${index} })`,
      ];
      return [`${name(n)}.ts`, typedFile({ dependencies: n === 1 ? [] : [name(n - 1)], transaction: true, parts })];
    }),
  );
}

/** What can be rolled back: all after this one. */
export const irreversible = "0019_step";

interface Chapter {
  /** `true`: an SQL file, and the parts are its statements. Else they are TypeScript. */
  readonly sql?: true;
  readonly transaction?: false;
  readonly parts: readonly string[];
}

/** What the engines say differently. */
export interface Words {
  /** Statements that commit by themselves, on what there is from the seventh migration on. */
  readonly alone: readonly [string, string, string, string, string, string];
  /** What takes back the fourth and the sixth of them. */
  readonly undo: readonly [string, string];
  /** Something that the session is told, what shows it, and what takes it back. */
  readonly session: readonly [string, string, string];
  readonly trigger: readonly string[];
}

export const words: Readonly<Record<Engine, Words>> = {
  sqlite: {
    undo: ["VACUUM", "VACUUM"],
    alone: ["VACUUM", "PRAGMA journal_mode = WAL", "VACUUM", "VACUUM", "PRAGMA journal_mode = DELETE", "VACUUM"],
    session: [
      "PRAGMA case_sensitive_like = ON",
      "INSERT INTO ran SELECT 'like ' || ('a' LIKE 'A')",
      "PRAGMA case_sensitive_like = OFF",
    ],
    trigger: ["CREATE TRIGGER seen AFTER INSERT ON notes BEGIN UPDATE tally SET n = n + 100; SELECT 1; END"],
  },
  // A server takes little that stands alone; what it may say of its journal changes nothing.
  turso: {
    undo: ["PRAGMA journal_mode", "PRAGMA journal_mode"],
    alone: [
      ...(["PRAGMA journal_mode", "PRAGMA journal_mode", "PRAGMA journal_mode"] as const),
      ...(["PRAGMA journal_mode", "PRAGMA journal_mode", "PRAGMA journal_mode"] as const),
    ],
    session: [
      "PRAGMA foreign_keys = OFF",
      "INSERT INTO ran SELECT 'keys ' || foreign_keys FROM pragma_foreign_keys",
      "PRAGMA foreign_keys = ON",
    ],
    trigger: ["CREATE TRIGGER seen AFTER INSERT ON notes BEGIN UPDATE tally SET n = n + 100; SELECT 1; END"],
  },
  postgresql: {
    undo: ["CREATE INDEX CONCURRENTLY by_score ON accounts (score)", 'DROP INDEX CONCURRENTLY public."By Account"'],
    alone: [
      "CREATE INDEX CONCURRENTLY by_score ON accounts (score)",
      "CREATE UNIQUE INDEX CONCURRENTLY by_email ON accounts (email)",
      "REINDEX INDEX CONCURRENTLY by_email",
      "DROP INDEX CONCURRENTLY by_score",
      "VACUUM accounts",
      'CREATE INDEX CONCURRENTLY "By Account" ON public.orders (account_id, amount) WHERE amount > 3',
    ],
    session: [
      "SET godwit.step = '7'",
      "INSERT INTO ran VALUES ('step ' || current_setting('godwit.step'))",
      "RESET godwit.step",
    ],
    trigger: [
      "CREATE FUNCTION seen() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE tally SET n = n + 100; RETURN NEW; END $$",
      "CREATE TRIGGER seen AFTER INSERT ON notes FOR EACH ROW EXECUTE FUNCTION seen()",
    ],
  },
  mariadb: {
    undo: ["CREATE INDEX by_score ON accounts (score)", "DROP INDEX `By Account` ON orders"],
    alone: [
      "CREATE INDEX by_score ON accounts (score)",
      "ALTER TABLE accounts ADD UNIQUE INDEX by_email (email)",
      "ALTER TABLE accounts ENGINE = InnoDB",
      "DROP INDEX by_score ON accounts",
      "OPTIMIZE TABLE accounts",
      "CREATE INDEX `By Account` ON orders (account_id, amount)",
    ],
    session: ["SET @step = '7'", "INSERT INTO ran VALUES (CONCAT('step ', @step))", "SET @step = NULL"],
    trigger: ["CREATE TRIGGER seen AFTER INSERT ON notes FOR EACH ROW BEGIN UPDATE tally SET n = n + 100; END"],
  },
};

const run = (forward: string, backward = ""): string => `runSQL(${JSON.stringify({ forward, backward })})`;
const note = (text: string): string => `INSERT INTO ran VALUES ('${text}')`;
const count = (n: number): string => `UPDATE tally SET n = n + ${n} WHERE name = 'all'`;
const typed =
  (...parts: readonly string[]): (() => Chapter) =>
  () => ({ parts });
const raise = (n: number): string => `UPDATE accounts SET score = score + (${n})`;
const view = "CREATE VIEW rich AS SELECT id, email FROM accounts WHERE score > 2000";
const counting = (n: number): string => run(count(n), count(1000 * n));

const digits = Array.from({ length: 10 }, (_, i) => `SELECT ${i}${i === 0 ? " AS d" : ""}`).join(" UNION ALL ");
/** The numbers from 0 to 2999, in the SQL of every engine. */
const numbers = `SELECT a.d + 10 * b.d + 100 * c.d + 1000 * k.d AS i FROM (${digits}) a CROSS JOIN (${digits}) b CROSS JOIN (${digits}) c CROSS JOIN (${digits}) k WHERE k.d < 3`;

const id = `{ name: "id", type: "integer", primaryKey: true }`;
const field = (name: string, type: string, rest = ""): string => `{ name: "${name}", type: "${type}"${rest} }`;
const table = (name: string, fields: readonly string[], rest = ""): string =>
  `createTable({ name: "${name}", fields: [${fields.join(", ")}]${rest} })`;
const rows = Array.from({ length: 150 }, (_, i) => `{ id: ${i}, body: "it's ${i}" }`).join(", ");

const chapters: readonly ((words: Words) => Chapter)[] = [
  typed(
    table("tally", [`{ name: "name", type: "varchar", length: 20, primaryKey: true }`, field("n", "integer")]),
    table("ran", [field("what", "varchar", ", length: 100")]),
    `upsertData({ table: "tally", keys: ["name"], rows: [{ name: "all", n: 0 }] })`,
  ),
  typed(counting(1), run(note("2"))),
  typed(
    table(
      "accounts",
      [id, field("email", "varchar", ", length: 100"), field("score", "integer", ", nullable: true")],
      `, indexes: [{ name: "by_id_score", fields: ["id", "score"] }]`,
    ),
  ),
  typed(run(`INSERT INTO accounts SELECT i, CONCAT('a', i), i FROM (${numbers}) n`), counting(1)),
  typed(
    table("orders", [
      id,
      field("account_id", "foreign_key", `, foreignKey: { table: "accounts", onDelete: "CASCADE" }`),
      field("amount", "integer"),
    ]),
  ),
  typed(run(`INSERT INTO orders SELECT i, i, i FROM (${numbers}) n`), counting(1)),
  ({ alone }) => ({ parts: [counting(1), run(alone[0]), counting(1), run(note("7"))] }),
  typed(
    `alterField({ table: "accounts", field: { name: "score", type: "integer", default: 5 } })`,
    counting(1),
    `addField({ table: "accounts", field: { name: "bio", type: "text", nullable: true } })`,
  ),
  () => ({
    sql: true,
    parts: [count(1), view, count(2), note("9; -- 9")],
  }),
  ({ alone }) => ({ sql: true, parts: [count(1), alone[1], count(1), note("10")] }),
  () => ({ transaction: false, parts: [1, 2, 3, 4, 5].map(counting) }),
  ({ alone }) => ({
    sql: true,
    transaction: false,
    parts: ["BEGIN", count(1), note("12"), "COMMIT", alone[2], "BEGIN", count(2), note("12 again"), "COMMIT", count(3)],
  }),
  ({ session: [set, show, reset], alone }) => ({
    transaction: false,
    parts: [set, alone[4], show, alone[4], show, reset, count(1)].map((sql) => run(sql)),
  }),
  typed(table("notes", [id, field("body", "text")]), `upsertData({ table: "notes", keys: ["id"], rows: [${rows}] })`),
  ({ trigger }) => ({ sql: true, parts: [...trigger, count(1)] }),
  typed(run("INSERT INTO notes VALUES (1000, 'x'), (1001, 'y')"), run(note("16"))),
  typed(
    `addField({ table: "notes", field: { name: "kind", type: "varchar", length: 10, default: "plain" } })`,
    counting(1),
  ),
  typed(`renameField({ table: "notes", from: "body", to: "content" })`, counting(1)),
  typed(`deleteData({ table: "notes", keys: ["id"], rows: [{ id: 3 }, { id: 1000 }] })`, counting(1)),
  ({ alone, undo }) => ({
    transaction: false,
    parts: [counting(1), run(alone[3], undo[0]), counting(2), run(alone[5], undo[1]), counting(3)],
  }),
  () => ({
    transaction: false,
    parts: [
      table("audits", [id, field("note_id", "integer", ", nullable: true")]),
      `addIndex({ table: "audits", index: { name: "by_note", fields: ["note_id"] } })`,
      `addField({ table: "audits", field: { name: "at", type: "integer", default: 0 } })`,
      counting(1),
    ],
  }),
  typed(
    `addForeignKey({ table: "audits", name: "audits_note", fields: ["note_id"], references: { table: "notes", fields: ["id"] }, onDelete: "SET NULL" })`,
    counting(1),
  ),
  typed(run(`INSERT INTO audits SELECT id, id, 1 FROM notes`), run(note("23"))),
  () => ({ transaction: false, parts: [run(raise(1), raise(-1)), run(note("24")), counting(1)] }),
  typed(`dropField({ table: "audits", name: "at" })`, counting(1)),
  typed(`renameTable({ from: "audits", to: "reviews" })`, counting(1)),
  ({ alone }) => ({ parts: [run(alone[4], alone[4]), counting(1), run(alone[4], alone[4])] }),
  typed(
    run("DROP VIEW rich", view),
    `alterField({ table: "accounts", field: { name: "email", type: "varchar", length: 200 } })`,
    counting(1),
  ),
  () => ({ transaction: false, parts: [`dropTable({ name: "reviews" })`, counting(1)] }),
  typed(counting(1), run("INSERT INTO ran SELECT CONCAT('30: ', n) FROM tally")),
];

interface File {
  readonly dependencies: readonly string[];
  readonly transaction: boolean;
  readonly parts: readonly string[];
}

const sqlFile = ({ dependencies, transaction, parts }: File): string =>
  [
    ...(dependencies.length > 0 ? [`-- dependencies: ${dependencies.join(", ")}`] : []),
    ...(transaction ? [] : ["-- transaction: false"]),
    ...parts.map((part) => `${part};`),
    "",
  ].join("\n");

const typedFile = ({ dependencies, transaction, parts }: File): string => {
  const operations = [...new Set(parts.flatMap((part) => /^[a-z]\w*/i.exec(part) ?? []))];
  return [
    `import { ${["migration", ...operations].join(", ")} } from "godwit";`,
    "export default migration({",
    `  dependencies: ${JSON.stringify(dependencies)},`,
    ...(transaction ? [] : ["  transaction: false,"]),
    `  operations: [${parts.join(",\n    ")}],`,
    "});",
    "",
  ].join("\n");
};
