import { expect, test } from "bun:test";
import { planDown, planUp } from "../../../src/core/plan/steps.ts";
import { refuseTransactionControl } from "../../../src/core/plan/transaction-control.ts";
import { emptySchema } from "../../../src/core/schema/model.ts";
import postgres from "../../../src/dialects/postgres/dialect.ts";
import sqlite from "../../../src/dialects/sqlite/dialect.ts";

test.each([
  ["COMMIT; CREATE TABLE t (a)", "COMMIT"],
  ["begin;\nUPDATE t SET a = 1;\ncommit;", "BEGIN"],
  ["UPDATE t SET a = 'x'; -- done\n/* now */ commit", "COMMIT"],
  ["START TRANSACTION", "START"],
  ["ROLLBACK", "ROLLBACK"],
  ["UPDATE t SET a = E'it\\'s'; ABORT", "ABORT"],
])("%j is refused", (sql, word) => {
  expect(() => refuseTransactionControl(sql, postgres.scriptSyntax)).toThrow(`its SQL says ${word}`);
});

test.each([
  "UPDATE t SET a = '; COMMIT; '",
  "-- ; COMMIT;\nSELECT 1",
  "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $body$ BEGIN; COMMIT; END; $body$",
  "CREATE FUNCTION f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1; END",
  'ALTER TABLE "a;COMMIT;" ADD commit INT',
  "SAVEPOINT s; ROLLBACK TO s; ROLLBACK WORK TO SAVEPOINT s; RELEASE s",
  "COMMENT ON TABLE t IS 'x'",
])("%j is none of it", (sql) => {
  expect(() => refuseTransactionControl(sql, postgres.scriptSyntax)).not.toThrow();
});

test("the body of a trigger is none of it, and what is in quotes of another database is", () => {
  const { scriptSyntax } = sqlite;
  const trigger = "CREATE TRIGGER g AFTER INSERT ON t BEGIN UPDATE t SET a = 1; END;";
  expect(() => refuseTransactionControl(trigger, scriptSyntax)).not.toThrow();
  expect(() => refuseTransactionControl("SELECT [; COMMIT; ]", scriptSyntax)).not.toThrow();
  expect(() => refuseTransactionControl("SELECT $a$; COMMIT; SELECT $a$", scriptSyntax)).toThrow("its SQL says COMMIT");
});

test("a migration in a transaction may not end it, whichever way it goes", () => {
  const migration = {
    name: "0001_a",
    file: "migrations/0001_a.ts",
    dependencies: [],
    replaces: [],
    operations: [{ kind: "runSQL", forward: "COMMIT", backward: "BEGIN" } as const],
    checksum: "",
    transaction: true,
  };
  const up = (transaction: boolean) =>
    planUp({ pending: [{ ...migration, transaction }], before: emptySchema, dialect: sqlite });
  expect(() => up(true)).toThrow('migration "0001_a", operation 1 (run SQL: COMMIT): its SQL says COMMIT');
  expect(() => planDown({ rollback: [migration], applied: [migration], dialect: sqlite })).toThrow(
    "its SQL says BEGIN",
  );
  expect(() => up(false)).toThrow('its SQL says "COMMIT"');
});
