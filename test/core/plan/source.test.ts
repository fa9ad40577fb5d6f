import { describe, expect, test } from "bun:test";
import { diff } from "../../../src/core/diff/index.ts";
import { definitions, type Operation, parseOperation } from "../../../src/core/operations/index.ts";
import { printMigration } from "../../../src/core/plan/source.ts";
import { canonicalJson } from "../../../src/core/schema/canonical.ts";
import { evaluateFiles } from "../../../src/runtime/evaluate.ts";
import { parseMigration } from "../../../src/runtime/parse-migration.ts";
import { loadCases } from "../../helpers/cases.ts";

/** What the sandbox makes of migrations printed from operations. */
async function readBack(lists: readonly (readonly Operation[])[]): Promise<readonly (readonly Operation[])[]> {
  const files = lists.map((operations, i) => ({
    path: `migrations/${String(i + 1).padStart(4, "0")}_printed.ts`,
    source: printMigration({ dependencies: [], operations }),
  }));
  const evaluated = await evaluateFiles(files, { cache: "bypass", cacheDirectory: undefined });
  const migrations = await Promise.all(evaluated.map((file, i) => parseMigration(`${i}`, file)));
  return migrations.map((migration) => migration.operations);
}

const examples = definitions.flatMap(({ kind, examples: list }) =>
  // Functions are in no operation, but in the file.
  list
    .filter(({ source }) => source === undefined)
    .map(({ title, params }) => ({ title: `${kind}: ${title}`, operation: parseOperation({ ...params, kind }) })),
);

describe("reading back what was printed gives equal operations", () => {
  test("for every example of every operation", async () => {
    const back = await readBack(examples.map(({ operation }) => [operation]));
    for (const [i, { title, operation }] of examples.entries())
      expect(`${title} ${canonicalJson(back[i])}`).toBe(`${title} ${canonicalJson([operation])}`);
    expect(new Set(examples.map(({ operation }) => operation.kind)).size).toBe(definitions.length - 1);
  });

  test("for every case of the corpus", async () => {
    const lists = loadCases().map(
      (c) => diff(c.before, c.after, { renames: c.renames, answers: c.answers }).operations,
    );
    const back = await readBack(lists);
    for (const [i, operations] of lists.entries()) expect(canonicalJson(back[i])).toBe(canonicalJson(operations));
  });

  test("for values of every kind", async () => {
    const texts = [
      "",
      "'",
      '"',
      "`",
      "${x}",
      "\\",
      "\\n",
      "\n",
      "\r\n",
      "\t",
      "\0",
      "\u2028\u2029",
      "😀",
      "*/ //",
      "</script>",
    ];
    const long = "SELECT `a`, '${b}', '\\'\n  FROM \"t\" -- and so on, for more than one line\n WHERE x = '\t'";
    const values = [
      ...texts,
      ...texts.map((text) => long + text),
      ...texts.map((text) => `${text}\n${"x".repeat(50)}`),
    ];
    const rows = [
      ...values.map((v) => ({ v })),
      { v: 1n },
      { v: -(2n ** 64n) },
      { v: -0 },
      { v: 1e21 },
      { v: 0.1 },
      { v: Number.MIN_VALUE },
      { v: true },
      { v: null },
      { v: new Uint8Array([0, 255]) },
      { v: new Uint8Array(300).fill(7) },
      { v: new Uint8Array() },
      { v: { defaultRef: "now" } },
    ];
    const names = ["__proto__", "constructor", "a b", "1", "ä", "class"];
    const odd = names.map((name) => JSON.parse(`{ ${JSON.stringify(name)}: "x" }`) as Record<string, string>);
    const operations = [
      ...rows.map((row) => parseOperation({ kind: "upsertData", table: "t", keys: ["v"], rows: [row] })),
      ...odd.map((row) => parseOperation({ kind: "upsertData", table: "t", keys: Object.keys(row), rows: [row] })),
    ];
    const back = await readBack(operations.map((operation) => [operation]));
    for (const [i, operation] of operations.entries()) expect(canonicalJson(back[i])).toBe(canonicalJson([operation]));
  });
});

test("a migration is formatted, imports what it uses and says nothing that equals a default", () => {
  const fields = [
    { name: "id", type: "uuid", primaryKey: true, default: "new_uuid" },
    { name: "title", type: "varchar", length: 200 },
    { name: "user_id", type: "foreign_key", foreignKey: { table: "users", onDelete: "CASCADE" as const } },
  ];
  const operations: readonly Operation[] = [
    { kind: "createTable", name: "posts", fields, indexes: [{ name: "idx_posts_title", fields: ["title"] }] },
    { kind: "addField", table: "users", field: { name: "bio", type: "text", nullable: true } },
    { kind: "dropField", table: "users", name: "nick" },
    { kind: "runSQL", forward: "UPDATE users SET bio = ''", backward: "" },
  ];
  expect(printMigration({ dependencies: ["0001_initial"], operations, review: new Set([2]) })).toBe(`\
import { addField, createTable, dropField, migration, runSQL } from "godwit";

export default migration({
  dependencies: ["0001_initial"],
  operations: [
    createTable({
      name: "posts",
      fields: [
        { name: "id", type: "uuid", primaryKey: true, default: "new_uuid" },
        { name: "title", type: "varchar", length: 200 },
        { name: "user_id", type: "foreign_key", foreignKey: { table: "users", onDelete: "CASCADE" } },
      ],
      indexes: [{ name: "idx_posts_title", fields: ["title"] }],
    }),
    addField({ table: "users", field: { name: "bio", type: "text", nullable: true } }),
    // REVIEW: drop field "nick" of "users" may lose data
    dropField({ table: "users", name: "nick" }),
    runSQL({ forward: "UPDATE users SET bio = ''", backward: "" }),
  ],
});
`);
});

test("an empty migration, a squash, and one without a transaction", () => {
  const text = printMigration({ dependencies: [], operations: [], replaces: ["0001_a", "0002_b"], transaction: false });
  expect(text).toBe(`\
import { migration } from "godwit";

export default migration({
  replaces: ["0001_a", "0002_b"],
  transaction: false,
  operations: [],
});
`);
});

test("no line is longer than it must be", () => {
  const operations = examples.map(({ operation }) => operation);
  const lines = printMigration({ dependencies: [], operations }).split("\n");
  expect(lines.filter((line) => line.length > 120)).toEqual([]);
});
