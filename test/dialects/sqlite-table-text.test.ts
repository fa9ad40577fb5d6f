import { describe, expect, test } from "bun:test";
import { definitionsOf } from "../../src/dialects/sqlite/definitions.ts";
import { readIndexText } from "../../src/dialects/sqlite/index-text.ts";
import { tableTextReader } from "../../src/dialects/sqlite/table-text.ts";
import { tokenize } from "../../src/dialects/sqlite/tokens.ts";

describe("the definitions of a table", () => {
  const definitions: Readonly<Record<string, readonly string[]>> = {
    "CREATE TABLE t(a, b INT)": ["a", " b INT"],
    'CREATE TABLE "t(" ("a,(" TEXT, `b)` INT, [c,] INT)': ['"a,(" TEXT', " `b)` INT", " [c,] INT"],
    "CREATE TABLE t (a DEFAULT ',)''(', b DECIMAL(10,2) CHECK (b IN (1, 2)))": [
      "a DEFAULT ',)''('",
      " b DECIMAL(10,2) CHECK (b IN (1, 2))",
    ],
    "CREATE TABLE t (a -- not (this,\n, b /* nor ),( this */ INT)": ["a -- not (this,\n", " b /* nor ),( this */ INT"],
    "CREATE TABLE t (a - -1, b)": ["a - -1", " b"],
  };
  for (const [sql, parts] of Object.entries(definitions))
    test(sql, () => expect(definitionsOf(sql).parts).toEqual(parts));

  test("end before what follows the parentheses", () => {
    const sql = "CREATE TABLE t (a, b) WITHOUT ROWID";
    expect(sql.slice(definitionsOf(sql).end)).toBe(" WITHOUT ROWID");
  });
});

describe("a name that is quoted", () => {
  const names = { '"a""b"': 'a"b', "[a b]": "a b", "`a``b`": "a`b", "'a'": "a", '"a"': "a", "a.b": "a.b", é: "é" };
  for (const [written, name] of Object.entries(names))
    test(`${written} is that of its column`, () => {
      expect(tableTextReader()(`CREATE TABLE t (${written} INT NOT NULL, c INT)`).required).toEqual([name]);
    });

  test("may begin with the end of a line", () => {
    expect(tokenize('"\na"')).toEqual([{ kind: "name", text: '"\na"', value: "\na", depth: 0, start: 0 }]);
  });
});

describe("what is said behind several names", () => {
  const read = tableTextReader();
  test("is said of each of them", () => {
    const { constraints, clauses, columns } = read(
      "CREATE TABLE t (a TEXT COLLATE NOCASE UNIQUE ON CONFLICT FAIL, b TEXT COLLATE NOCASE UNIQUE ON CONFLICT FAIL)",
    );
    expect(constraints).toEqual([{ unique: ["a"] }, { unique: ["b"] }]);
    expect(clauses.map(({ elements }) => elements[0]?.name)).toEqual(["a", "b"]);
    expect([...columns]).toEqual([
      ["a", { collation: "NOCASE" }],
      ["b", { collation: "NOCASE" }],
    ]);
  });

  test("is not what a constraint says that begins with such a word", () => {
    const { required, constraints } = read('CREATE TABLE t ("check" INT NOT NULL, UNIQUE ("check"))');
    expect(required).toEqual(["check"]);
    expect(constraints).toEqual([{ unique: ["check"] }]);
  });
});

describe("a foreign key of one column", () => {
  const said = (tail: string) => {
    const { foreignKeys, required, constraints, clauses, labels, columns } = tableTextReader()(
      `CREATE TABLE t (a ${tail})`,
    );
    return { foreignKeys, required, more: constraints.length + clauses.length + labels.length + columns.size };
  };
  test.each([
    "INTEGER REFERENCES u",
    "REFERENCES u (b)",
    'INTEGER REFERENCES "u v" ("b") ON DELETE SET NULL ON UPDATE NO ACTION',
  ])("%s says no more than that", (tail) => expect(said(tail)).toEqual({ foreignKeys: [{}], required: [], more: 0 }));

  test.each(["NOT NULL REFERENCES u", "INTEGER not null references u(b) on delete cascade"])("%s is required", (tail) =>
    expect(said(tail)).toEqual({ foreignKeys: [{}], required: ["a"], more: 0 }),
  );

  test.each([
    ["UNIQUE REFERENCES u", 2],
    ["INTEGER CONSTRAINT n NULL REFERENCES u", 1],
    ["CHECK (1) REFERENCES u", 1],
    ["INTEGER REFERENCES u (b) UNIQUE", 2],
    ["INTEGER REFERENCES u ON DELETE SET NULL COLLATE NOCASE", 1],
  ])("%s says something else, too", (tail, more) =>
    expect(said(tail)).toEqual({ foreignKeys: [{}], required: [], more }),
  );

  test("may be named, and wait for the end of the transaction", () => {
    expect(said("INTEGER CONSTRAINT k REFERENCES u (b)").foreignKeys).toEqual([{ name: "k" }]);
    expect(said("INTEGER REFERENCES u DEFERRABLE INITIALLY DEFERRED").foreignKeys).toEqual([
      { deferrable: "deferred" },
    ]);
    expect(said("CONSTRAINT REFERENCES REFERENCES u").foreignKeys).toEqual([{ name: "REFERENCES" }]);
  });
});

describe("definitions that are passed over", () => {
  const all =
    'CREATE TABLE t (id integer primary key not null, "not a check" int, a text collate nocase, b int, c as(b), unique (a, b), constraint k foreign key (b) references t)';
  test("take nothing from those between them, in lower case neither", () => {
    const { columns, constraints, foreignKeys } = tableTextReader()(all, false);
    expect([...columns]).toEqual([
      ["a", { collation: "nocase" }],
      ["c", { generated: { as: "b" } }],
    ]);
    expect(constraints).toEqual([{ unique: ["a", "b"] }]);
    expect(foreignKeys).toEqual([{ name: "k" }]);
  });

  test("are not those of a key that says NOT NULL, where that is asked for", () => {
    expect(tableTextReader()(all).required).toEqual(["id"]);
    expect(tableTextReader()("CREATE TABLE t (id INTEGER PRIMARY KEY, description TEXT)")).toEqual(
      tableTextReader()("CREATE TABLE t (id INTEGER PRIMARY KEY, description TEXT)", false),
    );
  });
});

describe("a foreign key of a table", () => {
  const keys: Readonly<Record<string, object>> = {
    'CONSTRAINT "k" FOREIGN KEY ("a", b) REFERENCES "u" (c, "d") ON DELETE SET NULL ON UPDATE NO ACTION': { name: "k" },
    "foreign key(a)references u": {},
    'CONSTRAINT "k""l" FOREIGN KEY (a) REFERENCES u (c)': { name: 'k"l' },
    "CONSTRAINT k FOREIGN KEY (a) REFERENCES u (c) DEFERRABLE INITIALLY DEFERRED": {
      name: "k",
      deferrable: "deferred",
    },
    "CONSTRAINT k FOREIGN KEY (a) REFERENCES u MATCH FULL NOT DEFERRABLE": { name: "k", matchFull: true },
  };
  for (const [sql, key] of Object.entries(keys))
    test(sql, () => expect(tableTextReader()(`CREATE TABLE t (a, b, ${sql})`).foreignKeys).toEqual([key]));
});

describe("an index", () => {
  test("is read with its expressions, its order and its predicate", () => {
    const sql = `CREATE UNIQUE INDEX "i" ON "t" ("a", lower( b ) DESC, c COLLATE NOCASE asc) WHERE a > '(' -- all`;
    expect(readIndexText(sql)).toEqual({
      elements: ['"a"', "lower( b )", "c COLLATE NOCASE"],
      where: "a > '(' -- all",
    });
  });
});
