import { describe, expect, test } from "bun:test";
import { normalizeSql } from "../../../src/core/sql-files/normalize.ts";

const same = (a: string, b: string): void => expect(normalizeSql(a)).toBe(normalizeSql(b));
const different = (a: string, b: string): void => expect(normalizeSql(a)).not.toBe(normalizeSql(b));

describe("normalizeSql", () => {
  test("comments, line ends and blanks raise no alarm", () => {
    same("SELECT 1;\nSELECT 2;\n", "-- first\r\nSELECT   1; /* and */\r\n\r\nSELECT 2; -- second, it's\r\n");
    same("SELECT 1", "--without a blank, isn't it\nSELECT 1");
    expect(normalizeSql("-- nothing\n/* at all */\n")).toBe("");
  });

  test("what stands in quotes counts to the last blank", () => {
    different("SELECT 'a  b'", "SELECT 'a b'");
    different("SELECT 'a -- b'", "SELECT 'a'");
    different("SELECT $x$ -- a\n$x$", "SELECT $x$ -- b\n$x$");
    different("SELECT E'it\\'s -- a'", "SELECT E'it\\'s -- b'");
    different('SELECT "a /* b */"', 'SELECT "a"');
  });

  test("what only some databases take for a comment counts", () => {
    different("SELECT 5--3\n", "SELECT 5--4\n");
    different("SELECT a\n#> '{b}'", "SELECT a\n#> '{c}'");
    different("/*!50000 SET a = 1 */", "/*!50000 SET a = 2 */");
    different("SELECT /*+ A */ 1", "SELECT /*+ B */ 1");
  });

  test("where databases disagree on where a string or a comment ends, nothing after it is left out", () => {
    different("SELECT 'it\\'s -- a'", "SELECT 'it\\'s -- b'");
    different("SELECT 'a\\'; SELECT ' -- b '", "SELECT 'a\\'; SELECT ' -- c '");
    different("/* a /* b */ SELECT 1 -- */", "/* a /* b */ SELECT 2 -- */");
    same("SELECT 'it\\'s'  \r\n", "SELECT 'it\\'s'\n");
  });

  test("what goose encloses counts: a run that stopped half-way goes on by the number of the statement", () => {
    different("-- +goose StatementBegin\nA; B;\n-- +goose StatementEnd", "A; B;");
    same(
      "-- +goose StatementBegin\nA;\n-- +goose StatementEnd\n",
      "-- +goose StatementBegin  \r\n A; -- b\n-- +goose StatementEnd",
    );
  });

  test("two words never become one", () => {
    expect(normalizeSql("SELECT/**/1")).toBe("SELECT 1");
    different("SELECT a b", "SELECT ab");
  });
});
