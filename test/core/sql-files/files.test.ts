import { describe, expect, test } from "bun:test";
import { readAnnotated } from "../../../src/core/sql-files/annotated.ts";
import { readHeader } from "../../../src/core/sql-files/header.ts";
import { splitScript } from "../../../src/core/sql-files/split.ts";
import { reconcileTransactions } from "../../../src/core/sql-files/transactions.ts";
import { scriptSyntax } from "../../../src/dialects/postgres/script-syntax.ts";
import { errorOf } from "../../helpers/tool-error.ts";

const messageOf = (work: () => unknown): string => errorOf(work).message;

describe("readHeader", () => {
  test("reads settings from the comments before the first SQL, and nothing after it", () => {
    expect(
      readHeader("a.sql", "-- A note.\n--dependencies: 0001_a,0002_b\n\n-- transaction: false\nSELECT 1;"),
    ).toEqual({
      dependencies: ["0001_a", "0002_b"],
      transaction: false,
    });
    expect(readHeader("a.sql", "-- dependencies:\n")).toEqual({ dependencies: [] });
    expect(readHeader("a.sql", "-- touches: users.email, orders\n")).toEqual({ touches: ["users.email", "orders"] });
    expect(readHeader("a.sql", "-- touches:\n")).toEqual({ touches: [] });
    expect(readHeader("a.sql", "SELECT 1;\n-- transaction: false\n")).toEqual({});
    expect(readHeader("a.sql", "/* x */\n-- transaction: false\n")).toEqual({});
  });

  test.each([
    ["-- depends on: 0001_a", 'a.sql:1:1: an SQL file has no "depends on:"; did you mean "dependencies:"?'],
    ["\n-- transactions: no", 'a.sql:2:1: an SQL file has no "transactions:"; did you mean "transaction:"?'],
    ["-- transaction: no", 'takes true or false, not "no"'],
    ["-- dependencies: 0001_a.up.sql", 'a migration is named without its extension: "0001_a"'],
    ["-- dependencies: 0001_a 0002_b", '"0001_a 0002_b" is not the name of a migration'],
    ["-- dependencies: 0001_a, 0001_a", '"0001_a" is listed twice'],
    ["-- touch: users", 'an SQL file has no "touch:"; did you mean "touches:"?'],
    ["-- touches: table users", 'with commas between them and without quotes, not "table users"'],
    ["-- touches: users,", 'not ""'],
    ['-- touches: "users"', 'not ""users""'],
    ["-- touches: users, users", '"users" is listed twice'],
    ["-- transaction: true\n-- transaction: false", '"transaction:" is said twice'],
  ])("%p is refused", (text, message) => {
    expect(messageOf(() => readHeader("a.sql", text))).toContain(message);
  });
});

describe("readAnnotated", () => {
  test("goose: both halves, their lines and NO TRANSACTION", () => {
    const text = "-- hello\n-- +goose NO TRANSACTION\n-- +goose Up\nSELECT 1;\n--  +GOOSE down\nSELECT 2;\n";
    expect(readAnnotated("a.sql", text)).toEqual({
      up: { text: "SELECT 1;", line: 4, transaction: false },
      down: { text: "SELECT 2;\n", line: 6, transaction: false },
      downMark: "-- +goose Down",
    });
  });

  test("dbmate: each half has its own option", () => {
    expect(readAnnotated("a.sql", "-- migrate:up transaction:false\nSELECT 1;\n\n-- migrate:down\n")).toEqual({
      up: { text: "SELECT 1;\n", line: 2, transaction: false },
      down: { text: "", line: 5, transaction: true },
      downMark: "-- migrate:down",
    });
    expect(readAnnotated("a.sql", "-- migrate:up\nSELECT 1;")?.down).toBeUndefined();
  });

  test("a file without annotations is none", () => {
    expect(readAnnotated("a.sql", "SELECT '-- +goose Up';\n-- goose Up\n")).toBeUndefined();
  });

  test.each([
    ["-- +goose Down\n-- +goose Up\n", 'a.sql:1:1: the file does not begin with "-- +goose Up"'],
    ["-- +goose Up\n-- +goose Up\n", 'a.sql:2:1: "-- +goose Up" is there twice'],
    ["-- migrate:up\n-- migrate:down\n-- migrate:down\n", "a.sql:3:1: there is nothing more"],
    ["SELECT 1;\n-- migrate:up\n", "a.sql:1:1: only comments may stand before"],
    ["-- +goose Up\n-- migrate:down\n", "a.sql:2:1: the file mixes annotations"],
    [
      "-- +goose Up\n-- +goose StatementBegin\nSELECT 1;\n-- +goose Down\n",
      'a.sql:2:1: "StatementBegin" has no "StatementEnd"',
    ],
    ["-- +goose Up\n-- +goose StatementEnd\n", 'a.sql:2:1: "StatementEnd" has no "StatementBegin"'],
    ["-- +goose Up\n-- +goose ENVSUB ON\n", 'a.sql:2:1: "-- +goose ENVSUB ON" cannot be followed: a migration sees no'],
    ["-- +goose Upp\n", 'a.sql:1:1: "-- +goose Upp" cannot be followed: it is not one that is known'],
    ["-- migrate:up transaction:no\n", '"transaction:no" is no option of "-- migrate:up"'],
  ])("%p is refused", (text, message) => {
    expect(messageOf(() => readAnnotated("a.sql", text))).toContain(message);
  });
});

describe("reconcileTransactions", () => {
  const reconcile = (script: string, within: boolean): readonly string[] =>
    reconcileTransactions(script, splitScript(script, scriptSyntax), within, ({ offset }) => ({
      file: "a.sql",
      line: 1,
      column: offset + 1,
    })).map(({ text }) => text);

  test("in a transaction, the script's own around everything is left out", () => {
    expect(reconcile("BEGIN /* x */; SELECT 1; SAVEPOINT a; ROLLBACK TO a; COMMIT AND NO CHAIN;", true)).toEqual([
      "SELECT 1",
      "SAVEPOINT a",
      "ROLLBACK TO a",
    ]);
    expect(reconcile("start transaction isolation level serializable; SELECT 1; end", true)).toEqual(["SELECT 1"]);
  });

  test.each(["SELECT 1; COMMIT", "BEGIN; SELECT 1; COMMIT; SELECT 2", "BEGIN; SELECT 1", "BEGIN; ROLLBACK; COMMIT"])(
    "in a transaction, %p is refused with its place",
    (script) => expect(messageOf(() => reconcile(script, true))).toMatch(/^a\.sql:1:\d+: .*"-- transaction: false"/),
  );

  test("outside of one, a transaction of the script is one statement", () => {
    const script = "SELECT 1; BEGIN; SELECT 2; -- x\nSELECT 3; COMMIT; SELECT 4";
    expect(reconcile(script, false)).toEqual(["SELECT 1", "BEGIN; SELECT 2; -- x\nSELECT 3; COMMIT", "SELECT 4"]);
  });

  test.each([
    ["BEGIN; SELECT 1", "a.sql:1:1: the transaction that begins here is never committed"],
    ["SELECT 1; COMMIT", "a.sql:1:11: no transaction is open here"],
    ["BEGIN; BEGIN; COMMIT", "a.sql:1:8: a transaction is open here already"],
  ])("outside of one, %p is refused", (script, message) => {
    expect(messageOf(() => reconcile(script, false))).toBe(message);
  });
});
