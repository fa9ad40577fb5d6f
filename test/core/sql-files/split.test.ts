import { describe, expect, test } from "bun:test";
import { splitScript } from "../../../src/core/sql-files/split.ts";
import type { ScriptSyntax } from "../../../src/core/sql-files/syntax.ts";
import { scriptSyntax as mysql } from "../../../src/dialects/mysql/script-syntax.ts";
import { scriptSyntax as postgres } from "../../../src/dialects/postgres/script-syntax.ts";
import { scriptSyntax as sqlite } from "../../../src/dialects/sqlite/script-syntax.ts";
import { scriptSyntax as ydb } from "../../../src/dialects/ydb/script-syntax.ts";
import { processorTime } from "../../helpers/processor-time.ts";

/** What scripts for SQL Server ask of the splitter: every answer that the dialects above do not give. */
const sqlserver: ScriptSyntax = {
  ...sqlite,
  quotes: { "'": "'", '"': '"', "[": "]" },
  nestedComments: true,
  batchWord: "GO",
};

/** Title, how the script is read, the script, its statements. A splitter that gets one wrong runs half of a statement. */
const cases: readonly (readonly [string, ScriptSyntax, string, readonly string[]])[] = [
  ["nothing", postgres, "", []],
  ["texts between doubled ats", ydb, "SELECT @@a; @@@@ ';@@; SELECT 2", ["SELECT @@a; @@@@ ';@@", "SELECT 2"]],
  ["an at by itself", ydb, "SELECT a@b; SELECT 2", ["SELECT a@b", "SELECT 2"]],
  [
    "what names an expression for all that follows",
    ydb,
    "SELECT 1; $a = (SELECT 2); UPDATE b SET c = $a; UPDATE d SET c = $a;",
    ["SELECT 1", "$a = (SELECT 2); UPDATE b SET c = $a; UPDATE d SET c = $a"],
  ],
  [
    "a pragma",
    ydb,
    "-- first\nPRAGMA TablePathPrefix = 'a;b'; SELECT 1;",
    ["PRAGMA TablePathPrefix = 'a;b'; SELECT 1"],
  ],
  ["only blanks, comments and semicolons", postgres, " ;\n-- a; b\n/* c; */ ;;\n", []],
  ["no semicolon at the end", postgres, "SELECT 1;\nSELECT 2\n", ["SELECT 1", "SELECT 2"]],
  ["comments before and after", postgres, "-- one;\nSELECT 1; -- two;\n", ["SELECT 1"]],
  ["a comment inside", postgres, "SELECT 1 -- one; 'two\n + 2; SELECT 3", ["SELECT 1 -- one; 'two\n + 2", "SELECT 3"]],
  ["a comment at the end of a statement", postgres, "SELECT 1 -- x\n;SELECT 2", ["SELECT 1", "SELECT 2"]],
  ["strings", postgres, "SELECT 'a;''b;'; SELECT ';'", ["SELECT 'a;''b;'", "SELECT ';'"]],
  ["a backslash at the end of a string", postgres, "SELECT 'a\\'; SELECT 'b'", ["SELECT 'a\\'", "SELECT 'b'"]],
  ["E strings", postgres, "SELECT E'it\\'s; x', e'\\\\'; SELECT 2", ["SELECT E'it\\'s; x', e'\\\\'", "SELECT 2"]],
  [
    "a name that ends in e before a string",
    postgres,
    "SELECT date'a\\'; SELECT 'b'",
    ["SELECT date'a\\'", "SELECT 'b'"],
  ],
  ["quoted names", postgres, 'SELECT 1 AS "a;""b;"; SELECT 2', ['SELECT 1 AS "a;""b;"', "SELECT 2"]],
  ["dollar quotes", postgres, "DO $$ BEGIN a; b; END $$; SELECT 1", ["DO $$ BEGIN a; b; END $$", "SELECT 1"]],
  [
    "dollar quotes with tags inside each other",
    postgres,
    "CREATE FUNCTION f() RETURNS int AS $x$ a; $$ b; $y$ c; $x$ LANGUAGE sql; SELECT 1",
    ["CREATE FUNCTION f() RETURNS int AS $x$ a; $$ b; $y$ c; $x$ LANGUAGE sql", "SELECT 1"],
  ],
  [
    "parameters are no dollar quotes",
    postgres,
    "PREPARE p AS SELECT $1; SELECT $2",
    ["PREPARE p AS SELECT $1", "SELECT $2"],
  ],
  ["dollars inside of names", postgres, "SELECT a$b$; SELECT c$b$", ["SELECT a$b$", "SELECT c$b$"]],
  ["nested comments", postgres, "SELECT 1 /* a /* b; */ c; */; SELECT 2", ["SELECT 1", "SELECT 2"]],
  ["comments that do not nest", sqlite, "SELECT 1 /* a /* b; */; SELECT 2", ["SELECT 1", "SELECT 2"]],
  [
    "a body between BEGIN ATOMIC and END",
    postgres,
    "CREATE OR REPLACE FUNCTION f(a int) RETURNS int LANGUAGE sql\nBEGIN ATOMIC\n SELECT CASE WHEN a = 1 THEN 2 END;\n SELECT 2;\nEND;\nSELECT 3",
    [
      "CREATE OR REPLACE FUNCTION f(a int) RETURNS int LANGUAGE sql\nBEGIN ATOMIC\n SELECT CASE WHEN a = 1 THEN 2 END;\n SELECT 2;\nEND",
      "SELECT 3",
    ],
  ],
  [
    "a rule with statements in parentheses",
    postgres,
    "CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; DELETE FROM b); SELECT 1",
    ["CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; DELETE FROM b)", "SELECT 1"],
  ],
  [
    "a function called begin",
    postgres,
    "CREATE FUNCTION begin() RETURNS int RETURN 1; SELECT 2",
    ["CREATE FUNCTION begin() RETURNS int RETURN 1", "SELECT 2"],
  ],
  ["BEGIN as a statement", postgres, "BEGIN; SELECT 1; COMMIT;", ["BEGIN", "SELECT 1", "COMMIT"]],
  ["operators with number signs", postgres, "SELECT a #> '{b}' ; SELECT 1 # 2", ["SELECT a #> '{b}'", "SELECT 1 # 2"]],
  ["minus minus without a blank", postgres, "SELECT 5--3; x\n; SELECT 1", ["SELECT 5", "SELECT 1"]],
  [
    "a trigger",
    sqlite,
    "CREATE TRIGGER x AFTER UPDATE ON t WHEN CASE new.a WHEN 1 THEN 1 END BEGIN\n UPDATE t SET a = CASE WHEN 1 THEN 2 END;\n DELETE FROM u WHERE e = new.end;\nEND;\nSELECT 1;",
    [
      "CREATE TRIGGER x AFTER UPDATE ON t WHEN CASE new.a WHEN 1 THEN 1 END BEGIN\n UPDATE t SET a = CASE WHEN 1 THEN 2 END;\n DELETE FROM u WHERE e = new.end;\nEND",
      "SELECT 1",
    ],
  ],
  [
    "a temporary trigger that is made only once",
    sqlite,
    "create temp trigger if not exists x insert on t begin select 1; end; select 2",
    ["create temp trigger if not exists x insert on t begin select 1; end", "select 2"],
  ],
  [
    "a table called trigger_begin",
    sqlite,
    "CREATE TABLE trigger_begin (a); SELECT 1",
    ["CREATE TABLE trigger_begin (a)", "SELECT 1"],
  ],
  [
    "brackets and backticks",
    sqlite,
    'SELECT [a;\'b], `c;``d`; SELECT "e;f"',
    ["SELECT [a;'b], `c;``d`", 'SELECT "e;f"'],
  ],
  ["a string over several lines", sqlite, "SELECT 'a\n;\n-- b\n'; SELECT 1", ["SELECT 'a\n;\n-- b\n'", "SELECT 1"]],
  ["a quote that is never closed", sqlite, "SELECT 1; SELECT 'a; SELECT 2;", ["SELECT 1", "SELECT 'a; SELECT 2;"]],
  ["a parenthesis too many", sqlite, "SELECT 1); SELECT 2", ["SELECT 1)", "SELECT 2"]],
  ["line ends of Windows", sqlite, "SELECT 1;\r\n-- a;\r\nSELECT 2;\r\n", ["SELECT 1", "SELECT 2"]],
  [
    "names of any letters",
    postgres,
    "SELECT 1 AS größe; SELECT 名$a; SELECT 2",
    ["SELECT 1 AS größe", "SELECT 名$a", "SELECT 2"],
  ],
  [
    "a block of goose",
    sqlite,
    "SELECT 1;\n-- +goose StatementBegin\nSELECT 2;\nSELECT 3;\n-- +goose StatementEnd\nSELECT 4;",
    ["SELECT 1", "SELECT 2;\nSELECT 3;", "SELECT 4"],
  ],
  [
    "backslashes of MySQL",
    mysql,
    "SELECT 'it\\'s; x', \"a\\\";\"; SELECT 2",
    ["SELECT 'it\\'s; x', \"a\\\";\"", "SELECT 2"],
  ],
  [
    "comments of MySQL",
    mysql,
    "SELECT 5--3; # it's; one\nSELECT 1; -- it's; two\nSELECT 2",
    ["SELECT 5--3", "SELECT 1", "SELECT 2"],
  ],
  [
    "comments that MySQL reads",
    mysql,
    "/*!40101 SET a = 1; */; SELECT /*+ HINT(;) */ 1",
    ["/*!40101 SET a = 1; */", "SELECT /*+ HINT(;) */ 1"],
  ],
  [
    "DELIMITER",
    mysql,
    "DELIMITER //\nCREATE PROCEDURE p() BEGIN SELECT 1; SELECT '//'; END//\nDELIMITER ;\nSELECT 2;\n",
    ["CREATE PROCEDURE p() BEGIN SELECT 1; SELECT '//'; END", "SELECT 2"],
  ],
  [
    "DELIMITER of letters that names may have",
    mysql,
    "delimiter $$\nSELECT 1; SELECT end$$\nSELECT 2$$",
    ["SELECT 1; SELECT end", "SELECT 2"],
  ],
  [
    "a procedure without DELIMITER",
    mysql,
    "CREATE DEFINER = `a`@`b` PROCEDURE p() BEGIN IF 1 THEN SELECT 1; END IF; CASE 1 WHEN 1 THEN SELECT 2; END CASE; END; SELECT 3",
    [
      "CREATE DEFINER = `a`@`b` PROCEDURE p() BEGIN IF 1 THEN SELECT 1; END IF; CASE 1 WHEN 1 THEN SELECT 2; END CASE; END",
      "SELECT 3",
    ],
  ],
  [
    "GO",
    sqlserver,
    "SELECT 1; SELECT 'x\nGO\ny'\nGO\n  go -- next\nSELECT 2\nGO",
    ["SELECT 1; SELECT 'x\nGO\ny'", "SELECT 2"],
  ],
  [
    "GO with a number",
    sqlserver,
    "INSERT t DEFAULT VALUES\nGO 3\n",
    Array.from({ length: 3 }, () => "INSERT t DEFAULT VALUES"),
  ],
  ["go as a name", sqlserver, "SELECT go\nFROM t\nGO", ["SELECT go\nFROM t"]],
];

describe("splitScript", () => {
  test.each(cases)("%s", (_, syntax, script, expected) => {
    const statements = splitScript(script, syntax);
    expect(statements.map(({ text }) => text)).toEqual([...expected]);
    for (const { text, offset } of statements) expect(script.slice(offset, offset + text.length)).toBe(text);
  });

  test.each([
    ["PostgreSQL", postgres],
    ["SQLite", sqlite],
  ] as const)("statements of %s one after the other, whatever stands between them, are told apart", (_, syntax) => {
    const known = cases.filter(([title, its]) => its === syntax && !alone.test(title)).flatMap(([, , , all]) => all);
    const between = [";", " ;\n", ";\r\n-- it's; a comment\n", '; /* " ; */ ', ";;\n\n"];
    const random = randomFrom(7);
    for (let round = 0; round < 300; round++) {
      const chosen = Array.from({ length: 1 + random(6) }, () => known[random(known.length)] ?? "");
      const script = chosen
        .map((text) => `${text}${/--[^\n]*$/.test(text) ? "\n" : ""}${between[random(between.length)]}`)
        .join("");
      expect(splitScript(script, syntax).map(({ text }) => text)).toEqual(chosen);
    }
  });

  test("a long script takes time in proportion to its length", () => {
    const script = "INSERT INTO t (a, b) VALUES (1, 'it''s; \"so\" -- far');\n".repeat(20_000);
    const spent = processorTime();
    expect(splitScript(script, postgres)).toHaveLength(20_000);
    expect(spent()).toBeLessThan(3000);
  });
});

/** What is not closed or not ended by a semicolon cannot stand before something else. */
const alone = /never closed|too many|goose/;

/** Numbers below a limit, the same ones in every run. */
function randomFrom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
