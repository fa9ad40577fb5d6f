import { expect, test } from "bun:test";
import { ToolError } from "../../../src/core/errors.ts";
import { failureOf } from "../../../src/core/plan/failure.ts";
import type { Action } from "../../../src/core/plan/plan.ts";

const action: Action = { operation: 1, title: "run SQL", ignoreErrors: false, statements: [], commands: [] };

test("the caret stands under the position in the right line", () => {
  const sql = "UPDATE users\nSET nam = 'x'\nWHERE id = 1";
  const cause = new ToolError("database", 'column "nam" does not exist', {
    sql,
    offset: sql.indexOf("nam"),
    code: "42703",
  });
  const error = failureOf(cause, "0002_x", action);
  expect(error.message.split("\n")).toEqual([
    'migration "0002_x", operation 2 (run SQL): column "nam" does not exist [42703]',
    "  1 | UPDATE users",
    "  2 | SET nam = 'x'",
    "    |     ^ column 5",
    "  3 | WHERE id = 1",
  ]);
  expect(error.data).toMatchObject({ migration: "0002_x", operation: 1, line: 2, column: 5 });
});

test("of a very long line only the part around the position is shown", () => {
  const sql = `SELECT ${"a, ".repeat(500)}oops, ${"b, ".repeat(500)}c`;
  const cause = new ToolError("database", "no", { sql, offset: sql.indexOf("oops") });
  const [, line = "", caret = ""] = failureOf(cause, "0001_x").message.split("\n");
  expect(line.length).toBeLessThan(130);
  expect(line.slice(caret.indexOf("^"), caret.indexOf("^") + 4)).toBe("oops");
});

test("without a position the beginning is shown, with the detail and the hint", () => {
  const sql = Array.from({ length: 20 }, (_, i) => `line ${i}`).join("\n");
  const cause = new ToolError("database", "no", { sql, detail: "why", hint: "how" });
  const text = failureOf(cause, "0001_x", action).message;
  expect(text).toContain("… 12 more lines");
  expect(text).toEndWith("detail: why\nhint: how");
});

test("in a migration written in SQL, lines and columns are those of its file", () => {
  const sql = "INSERT INTO t\nVALUES (nothing)";
  const source = { file: "migrations/0002_x.up.sql", line: 11, column: 8 };
  const failing = (offset?: number) =>
    failureOf(new ToolError("database", "no", { sql, ...(offset !== undefined && { offset }) }), "0002_x", {
      ...action,
      source,
    });
  const second = failing(sql.indexOf("nothing"));
  expect(second.message.split("\n")).toEqual([
    'migrations/0002_x.up.sql:12:9: migration "0002_x": no',
    "  11 |        INSERT INTO t",
    "  12 | VALUES (nothing)",
    "     |         ^ column 9",
  ]);
  expect(second.data).toMatchObject({ file: source.file, line: 12, column: 9 });
  expect(failing(sql.indexOf("INTO")).message).toStartWith("migrations/0002_x.up.sql:11:15: ");
  expect(failing().message).toStartWith("migrations/0002_x.up.sql:11:8: ");
});
