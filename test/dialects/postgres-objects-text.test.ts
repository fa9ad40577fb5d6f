import { describe, expect, test } from "bun:test";
import type { ManagedObject } from "../../src/core/schema/model.ts";
import { canonicalObject } from "../../src/dialects/postgres/canonical-object.ts";

const canonical = (kind: string, definition: string, name = "x"): ManagedObject =>
  canonicalObject({ kind, name, definition });

describe("objects are the same however they are written", () => {
  /** Kind, what an author writes, and what is read of PostgreSQL 17. */
  const same: readonly (readonly [string, string, string])[] = [
    [
      "composite_type",
      'create type x as (a int, b varchar(20), "C" text collate "C");',
      'CREATE TYPE x AS (a integer, b character varying(20), "C" text COLLATE "C")',
    ],
    [
      "range_type",
      "CREATE TYPE x AS RANGE (subtype_diff = float8mi, subtype = float8)",
      "CREATE TYPE x AS RANGE (SUBTYPE = double precision, SUBTYPE_DIFF = float8mi)",
    ],
    [
      "aggregate",
      "CREATE AGGREGATE x(int) (stype = int, sfunc = int4pl, parallel = unsafe, initcond = 0)",
      "CREATE AGGREGATE x(integer) (SFUNC = int4pl, STYPE = integer, INITCOND = '0')",
    ],
    [
      "operator",
      "CREATE OPERATOR public.=== (PROCEDURE = same, LEFTARG = int, RIGHTARG = int, COMMUTATOR = ===)",
      "CREATE OPERATOR === (FUNCTION = same, LEFTARG = integer, RIGHTARG = integer, COMMUTATOR = ===)",
    ],
    [
      "collation",
      "CREATE COLLATION x (locale = 'und-u-ks-level2', deterministic = false, provider = icu)",
      "CREATE COLLATION x (PROVIDER = icu, LOCALE = 'und-u-ks-level2', DETERMINISTIC = false)",
    ],
    [
      "text_search_dictionary",
      "CREATE TEXT SEARCH DICTIONARY x (TEMPLATE = pg_catalog.simple, STOPWORDS = english)",
      "CREATE TEXT SEARCH DICTIONARY x (TEMPLATE = simple, stopwords = 'english')",
    ],
    [
      "cast",
      "CREATE CAST (int4 AS pair) WITH FUNCTION f(int)",
      "CREATE CAST (integer AS pair) WITH FUNCTION f(integer)",
    ],
    [
      "event_trigger",
      "CREATE EVENT TRIGGER x ON sql_drop EXECUTE PROCEDURE f()",
      "CREATE EVENT TRIGGER x ON sql_drop EXECUTE FUNCTION f()",
    ],
  ];
  test.each(same)("%s: %s", (kind, written, read) => expect(canonical(kind, written)).toEqual(canonical(kind, read)));

  test("but not where they are others", () => {
    const type = (attributes: string) => canonical("composite_type", `CREATE TYPE x AS (${attributes})`);
    expect(type("a int")).not.toEqual(type("a bigint"));
    expect(type("a int, b int")).not.toEqual(type("b int, a int"));
    const aggregate = (start: string) =>
      canonical("aggregate", `CREATE AGGREGATE x(int) (SFUNC = f, STYPE = int, INITCOND = ${start})`);
    expect(aggregate("'0'")).not.toEqual(aggregate("'1'"));
  });

  test("and so are their names, with types in them", () => {
    expect(canonical("operator", "", "===(int, varchar)").name).toBe(
      canonical("operator", "", "===(integer, character varying)").name,
    );
  });
});
