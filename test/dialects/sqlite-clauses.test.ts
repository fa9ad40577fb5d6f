import { expect, test } from "bun:test";
import { renderStatement } from "../../src/core/ddl/render.ts";
import type { TableImage } from "../../src/core/ddl/statement.ts";
import type { Operation } from "../../src/core/operations/index.ts";
import { planUp } from "../../src/core/plan/steps.ts";
import { emptySchema } from "../../src/core/schema/model.ts";
import { clausesOf, clausesText, effectiveClauses } from "../../src/dialects/sqlite/clauses.ts";
import sqlite from "../../src/dialects/sqlite/dialect.ts";
import { migrationOf } from "../conformance/story.ts";

const table = (clauses: string): TableImage => ({
  name: "t",
  columns: [
    { name: "key", type: "TEXT", nullable: false },
    { name: "Other One", type: "TEXT", nullable: true },
  ],
  primaryKey: ["key"],
  indexes: [],
  foreignKeys: [],
  constraints: [{ name: "t_other_key", unique: ["Other One"] }],
  options: { clauses },
});

test("clauses are read in any spelling and written in one", () => {
  const text = `primary key ( "key" asc ) on conflict replace,UNIQUE("Other One" collate nocase DESC), CONSTRAINT told NOT NULL (key)`;
  expect(clausesText(clausesOf(table(text)))).toBe(
    `PRIMARY KEY (key) ON CONFLICT REPLACE, UNIQUE ("Other One" COLLATE nocase DESC), CONSTRAINT told NOT NULL (key)`,
  );
});

test("names of constraints and what happens anyway make no difference", () => {
  const clauses = clausesOf(
    table("CONSTRAINT told NOT NULL (key) ON CONFLICT ABORT, CHECK (key > 'a') ON CONFLICT FAIL"),
  );
  expect(effectiveClauses(clauses)).toEqual([]);
});

test.each([
  ["FOREIGN KEY (key)", `option "clauses" of table "t" has "FOREIGN KEY (key)"; write PRIMARY KEY`],
  ["UNIQUE (key) ON CONFLICT EXPLODE", `has "UNIQUE (key) ON CONFLICT EXPLODE"`],
  ["UNIQUE ()", `has "UNIQUE ()"`],
  ["", `has ""`],
])("what is no clause is refused: %s", (text, message) => {
  expect(() => clausesOf(table(text))).toThrow(message);
});

test.each(["UNIQUE (key) ON CONFLICT FAIL", "PRIMARY KEY (nothing)", "NOT NULL (nothing)", "CHECK (key > 1)"])(
  "a clause of nothing is refused in a new table: %s",
  (text) => {
    expect(() => renderStatement({ kind: "createTable", table: table(text) }, sqlite)).toThrow(
      "which the table does not have; name the columns as its keys and constraints do",
    );
  },
);

test.each(["UNIQUE (other) ON CONFLICT FAIL", "NOT NULL (nothing) ON CONFLICT FAIL"])(
  "a clause of nothing is refused in a table that is there, before anything runs: %s",
  (clauses) => {
    const before = {
      ...emptySchema,
      tables: [{ name: "t", fields: [field("key"), field("other")], indexes: [], foreignKeys: [] }],
    };
    const set = { kind: "setTableOptions", table: "t", options: { sqlite: { clauses } } } as const;
    const unique = {
      kind: "addConstraint",
      table: "t",
      constraint: { name: "t_other_key", unique: ["other"] },
    } as Operation;
    const nothing = { kind: "addField", table: "t", field: { name: "nothing", type: "text", nullable: true } } as const;
    const plan = (...operations: readonly Operation[]) =>
      planUp({
        pending: [migrationOf("0002_second", [...operations])],
        before,
        dialect: sqlite,
      });
    expect(() => plan(set)).toThrow(
      'migration "0002_second", operation 1 (set options of "t"): option "clauses" of table "t" has',
    );
    // What it speaks of may come behind it.
    expect(plan(set, unique, nothing).steps).toHaveLength(1);
  },
);

const field = (name: string) => ({ name, type: "text", nullable: true });
