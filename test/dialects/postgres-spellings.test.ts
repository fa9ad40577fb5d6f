import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { canonicalDefault, canonicalPredicate } from "../../src/dialects/postgres/defaults.ts";
import { sameExpression } from "../../src/dialects/postgres/same-expression.ts";
import { canonicalType } from "../../src/dialects/postgres/types.ts";
import { type Database, openDatabase } from "../../src/runtime/database.ts";
import { postgresServer, type TestDatabase } from "../helpers/postgres-server.ts";

// Each pair is held against the server, too: what it prints of either is in the form of both.

/** Conditions over the table below that say the same. */
const same: readonly (readonly [string, string])[] = [
  ["n IN (1, 2)", "n = ANY (ARRAY[1, 2])"],
  ["n NOT IN (1, 2)", "n <> ALL (ARRAY[1, 2])"],
  ["n IN (1)", "n = 1"],
  ["s IN ('a', 'b')", "s = ANY (ARRAY['a', 'b'])"],
  ["s IN ('a', 'b')", "s = ANY (ARRAY['a'::text, 'b'::text])"],
  ["v IN ('a', 'b')", "v::text IN ('a'::text, 'b'::text)"],
  ["v = 'a'", "v::text = 'a'::text"],
  ["s = ANY ('{a,b}'::text[])", "s = ANY ('{a,b}')"],
  ["n = SOME (ARRAY[1, 2])", "n = ANY (ARRAY[1, 2])"],
  ["n BETWEEN 1 AND 5", "n >= 1 AND n <= 5"],
  ["n NOT BETWEEN 1 AND 5", "n < 1 OR n > 5"],
  ["(n BETWEEN 1 AND 5) AND b", "n >= 1 AND n <= 5 AND b"],
  ["s LIKE 'a%'", "s ~~ 'a%'"],
  ["s NOT LIKE 'a%'", "s !~~ 'a%'"],
  ["s ILIKE 'a%'", "s ~~* 'a%'"],
  ["s NOT ILIKE 'a%'", "s !~~* 'a%'"],
  ["n <> 1", "n != 1"],
  ["at > now()", "at > CURRENT_TIMESTAMP"],
  ["at > transaction_timestamp()", "at > current_timestamp"],
  ["at > Now( )", "AT > CURRENT_TIMESTAMP"],
  ["s = 'x'", "s = 'x'::text"],
  ["s = 'x'", "s = CAST('x' AS text)"],
  ["s = E'x'", "s = 'x'"],
  ["s = E'it\\'s'", "s = 'it''s'"],
  ["s = E'a\\\\b'", "s = 'a\\b'"],
  ["n > +5", "n > 5"],
  ["n > '5'::integer", "n > 5"],
  ["n > 5::int", "n > 5"],
  ["n > -5", "n > '-5'::integer"],
  ["n > (-5)", "n > -5"],
  ["m > 1.50", "m > 1.5"],
  ["n::int8 > 1", "n::bigint > 1"],
  ["CAST(n AS int8) > 1", "n::bigint > 1"],
  ["n::float8 > 1", "n::double precision > 1"],
  ["n::decimal(10,2) > 1", "n::numeric(10, 2) > 1"],
  [
    "at::timestamp > '2024-01-01'",
    "at::timestamp without time zone > '2024-01-01 00:00:00'::timestamp without time zone",
  ],
  ["d > date '2024-01-01'", "d > '2024-01-01'::date"],
  ["d > '2024-01-01'", "d > '2024-01-01'::date"],
  ["at > now() - interval '1 day'", "at > now() - '1 day'::interval"],
  ["i > interval '1 day'", "i > '1 day'"],
  ["i > interval '24 hours'", "i > '24:00:00'::interval"],
  ["i > '1 hour 30 minutes'::interval", "i > interval '01:30:00'"],
  ["b = true", "b = 't'::boolean"],
  ["b IS TRUE", "b is true"],
  ["NOT b", "(NOT (b))"],
  ["((n > 1))", "n > 1"],
  ["(n > 1) AND (n < 5)", "n > 1 AND n < 5"],
  ["n > 1 AND (n < 5 AND b)", "(n > 1 AND n < 5) AND b"],
  ["n > 1 OR (n < 5 OR b)", "n > 1 OR n < 5 OR b"],
  ["(n + 1) * 2 > 3", "((n + 1) * 2) > 3"],
  ['"n" > 1', "n > 1"],
  ['"N" > 1', '("N" > 1)'],
  ["N > 1", "n > 1"],
  ["lower(s) = 'x'", "LOWER(s) = 'x'"],
  ["pg_catalog.lower(s) = 'x'", "lower(s) = 'x'"],
  ["s COLLATE \"C\" > 'a'", "(s COLLATE \"C\") > 'a'::text"],
  [
    "at AT TIME ZONE 'UTC' > '2024-01-01'",
    "(at AT TIME ZONE 'UTC'::text) > '2024-01-01 00:00:00'::timestamp without time zone",
  ],
  ["n IS NOT DISTINCT FROM 1", "NOT (n IS DISTINCT FROM 1)"],
  ["n ISNULL", "n IS NULL"],
  ["n NOTNULL", "n IS NOT NULL"],
  ["a = ARRAY[1, 2]", "a = ARRAY[1,2]"],
  ["a @> ARRAY[1]", "a @> array[1]"],
  ["tags @> ARRAY['x', 'y']", "tags @> ARRAY['x'::text, 'y'::text]"],
  ["a[1] > 0", "(a[1]) > 0"],
  ["doc ->> 'k' = 'v'", "(doc->>'k'::text) = 'v'::text"],
  ["extract(year FROM d) > 2000", "EXTRACT(year from d) > 2000"],
  ["extract(YEAR FROM d) > 2000", "EXTRACT('year' FROM d) > 2000"],
  ["substring(s from 1 for 2) = 'x'", "SUBSTRING(s FROM 1 FOR 2) = 'x'"],
  ["trim(s) <> ''", "TRIM(BOTH FROM s) <> ''"],
  ["position('x' in s) > 0", "POSITION(('x') IN (s)) > 0"],
  ["CASE WHEN b THEN 1 ELSE 2 END > 1", "case when b then 1 else 2 end > 1"],
  ["CASE n WHEN 1 THEN true ELSE false END", "CASE n WHEN 1 THEN TRUE ELSE FALSE END"],
  ["coalesce(s, '') <> ''", "COALESCE(s, ''::text) <> ''::text"],
  ["nullif(s, '') IS NOT NULL", "(NULLIF(s, ''::text) IS NOT NULL)"],
  ["greatest(n, 1) > 0", "GREATEST(n, 1) > 0"],
  ["length(s) > 0 -- not empty", "length(s) > 0"],
  ["s ~ '^[a-z]+$'", "s ~ '^[a-z]+$'::text"],
  ["s SIMILAR TO 'a%'", "s ~ similar_to_escape('a%'::text)"],
];

/** Conditions that look alike and are not. */
const different: readonly (readonly [string, string])[] = [
  ["n IN (1, 2)", "n NOT IN (1, 2)"],
  ["n IN (1, 2)", "n IN (1, 3)"],
  ["n = ANY (ARRAY[1, 2])", "n = ALL (ARRAY[1, 2])"],
  ["n BETWEEN 1 AND 5", "n > 1 AND n < 5"],
  ["n BETWEEN 1 AND 5", "n BETWEEN 5 AND 1"],
  ["s LIKE 'a%'", "s ILIKE 'a%'"],
  ["s LIKE 'a%'", "s NOT LIKE 'a%'"],
  ["s LIKE 'a%'", "s LIKE 'A%'"],
  ["s ~ 'a'", "s ~* 'a'"],
  ["s = 'x'", "s = 'X'"],
  ["s = 'x'", "s = 'x '"],
  ["s = E'a\\nb'", "s = 'a\\nb'"],
  ["s = ''", "s IS NULL"],
  ["n > 5", "n >= 5"],
  ["n > 5", "n > -5"],
  ["m > 1.5", "m > 1.05"],
  ["n > 1 AND (b OR m > 2)", "n > 1 AND b OR m > 2"],
  ["NOT (b AND n > 1)", "NOT b AND n > 1"],
  ["(n + 1) * 2 > 3", "n + 1 * 2 > 3"],
  ["n - (n - 1) > 0", "n - n - 1 > 0"],
  ["n > 1", '"N" > 1'],
  ["at > now()", "at > clock_timestamp()"],
  ["at > now()", "at > statement_timestamp()"],
  ["at > CURRENT_TIMESTAMP", "at > CURRENT_TIMESTAMP(0)"],
  ["at > CURRENT_TIMESTAMP", "at > LOCALTIMESTAMP"],
  ["at::date = d", "at = d"],
  ["n::numeric(10,2) > 1", "n::numeric(10,3) > 1"],
  ["i > interval '1 day'", "i > interval '1 month'"],
  ["i > interval '1 day'", "i > interval '24 hours'"],
  ["at AT TIME ZONE 'UTC' > '2024-01-01'", "at AT TIME ZONE 'CET' > '2024-01-01'"],
  ["d > '2024-01-01'", "d > '2024-01-10'"],
  ["b IS TRUE", "b IS NOT FALSE"],
  ["n IS DISTINCT FROM 1", "n <> 1"],
  ["s COLLATE \"C\" > 'a'", "s COLLATE \"POSIX\" > 'a'"],
  ["s COLLATE \"C\" > 'a'", "s > 'a'"],
  ["a = ARRAY[1, 2]", "a = ARRAY[2, 1]"],
  ["a @> ARRAY[1]", "a <@ ARRAY[1]"],
  ["a[1] > 0", "a[2] > 0"],
  ["doc -> 'k' IS NULL", "doc ->> 'k' IS NULL"],
  ["extract(year FROM d) > 2000", "extract(month FROM d) > 2000"],
  ["CASE WHEN b THEN 1 ELSE 2 END > 1", "CASE WHEN b THEN 2 ELSE 1 END > 1"],
  ["coalesce(s, '') <> ''", "coalesce(s, 'x') <> ''"],
  ["lower(s) = 'x'", "upper(s) = 'x'"],
  ["substring(s from 1 for 2) = 'x'", "substring(s from 2 for 1) = 'x'"],
];

const table = `CREATE TABLE t (n integer, m numeric, s text, v varchar(9), b boolean, "N" integer, at timestamptz, d date, i interval,
  a integer[], tags text[], doc jsonb, u uuid)`;

let home: TestDatabase;
let database: Database;
/** What the server prints of a condition. */
const printed = new Map<string, string>();
beforeAll(async () => {
  home = await (await postgresServer()).createDatabase();
  database = await openDatabase({ url: home.url });
  const texts = [...new Set([...same, ...different].flat())];
  const checks = texts.map((sql, i) => `ALTER TABLE t ADD CONSTRAINT c${i} CHECK (${sql}\n)`);
  await database.driver.execute([table, ...checks].join(";\n"));
  const rows = await database.driver.query(
    "SELECT substr(conname, 2)::integer AS i, pg_get_expr(conbin, conrelid) AS sql FROM pg_constraint WHERE contype = 'c' AND conrelid = 't'::regclass",
  );
  for (const { i, sql } of rows) printed.set(texts[Number(i)] ?? "", String(sql));
});
afterAll(async () => {
  await database.close();
  await home.drop();
});

describe("spellings that say the same", () => {
  test.each(same)("%s: %s", (a, b) => {
    const forms = [a, b, printed.get(a) ?? "", printed.get(b) ?? ""].map(canonicalPredicate);
    expect(forms).toEqual(forms.map(() => forms[0] ?? ""));
  });
});

describe("spellings without a server", () => {
  const types = ["integer", "text", "decimal", "boolean", "timestamptz", "date", "jsonb", "uuid"];

  test("that say the same are the same, but for few in which it takes the server to know", () => {
    const unknown = same.filter(([a, b]) => !sameExpression(a, b, types));
    expect(unknown.map(([a]) => a)).toEqual([
      "v IN ('a', 'b')",
      "v = 'a'",
      "s = ANY ('{a,b}'::text[])",
      "at::timestamp > '2024-01-01'",
      "d > '2024-01-01'",
      "i > interval '1 day'",
      "at AT TIME ZONE 'UTC' > '2024-01-01'",
    ]);
  });

  test.each(different)("that only look alike are not: %s: %s", (a, b) =>
    expect(sameExpression(a, b, types)).toBe(false),
  );

  test("say something else to types that compare in their own way", () => {
    expect(sameExpression("c = 'x'", "c = 'x'::text", ["text"])).toBe(true);
    for (const type of ["citext", "char", "json", "mood"])
      expect(sameExpression("c = 'x'", "c = 'x'::text", [type])).toBe(false);
    expect(sameExpression("n / 2::numeric > 1", "n / 2 > 1", ["integer"])).toBe(false);
    expect(sameExpression("at > '2024-01-01'::date", "at > '2024-01-01'", ["timestamptz"])).toBe(false);
    expect(sameExpression("n::text = '5'", "n = '5'", ["integer"])).toBe(false);
    expect(sameExpression("v IN ('a', 'b')", "v = ANY (ARRAY['a', 'b'])", ["varchar"])).toBe(false);
  });
});

describe("spellings that only look alike", () => {
  test.each(different)("%s: %s", (a, b) => {
    const forms = (text: string) => [text, printed.get(text) ?? ""].map(canonicalPredicate);
    for (const one of forms(a)) for (const other of forms(b)) expect(one).not.toBe(other);
    expect(forms(a)[0]).toBe(forms(a)[1] ?? "");
    expect(forms(b)[0]).toBe(forms(b)[1] ?? "");
  });
});

describe("what the server is asked", () => {
  const ask = (want: string) =>
    database.dialect.spellings?.question({ kind: "expression", table: "t", want, have: "n > 1" });

  test("is one expression, or nothing", () => {
    expect(ask("n IN (1, 2) -- few")?.make).toHaveLength(2);
    for (const text of [
      "1) FROM t; DROP TABLE t; --",
      "n > 1) OR (n > 2",
      "n > 1; DROP TABLE t",
      "",
      "(n > 1",
      "n > 1)",
    ])
      expect(ask(text)).toBeUndefined();
  });

  test("is one query, or nothing", () => {
    const query = (want: string) => database.dialect.spellings?.question({ kind: "query", want, have: "SELECT 1" });
    expect(query("SELECT ';' AS x FROM t;")?.make).toHaveLength(2);
    for (const text of ["SELECT 1; DROP TABLE t", "DROP TABLE t", ""]) expect(query(text)).toBeUndefined();
  });
});

describe("types and defaults", () => {
  test.each([
    ["int", "integer"],
    ["int4", "integer"],
    ["int2", "smallint"],
    ["int8", "bigint"],
    ["bool", "boolean"],
    ["float", "double precision"],
    ["float(24)", "real"],
    ["float4", "real"],
    ["float8", "double precision"],
    ["decimal(10,2)", "numeric(10, 2)"],
    ["varchar(10)", "character varying(10)"],
    ["bpchar(3)", "character(3)"],
    ["timestamptz", "timestamp with time zone"],
    ["timestamp(3)", "timestamp(3) without time zone"],
    ["timetz", "time with time zone"],
    ["varbit(3)", "bit varying(3)"],
    ["INT4[]", "integer[]"],
    ["integer array", "integer[]"],
  ])("type %s: %s", (a, b) => expect(canonicalType(a)).toBe(canonicalType(b)));

  test.each([
    ["text", "'x'", "'x'::text"],
    ["varchar(5)", "'x'", "'x'::character varying"],
    ["boolean", "'t'", "TRUE"],
    ["integer", "'5'", "5"],
    ["integer", "(5)", "5"],
    ["integer", "-5", "'-5'::integer"],
    ["numeric(5,2)", "1", "1.00"],
    ["timestamptz", "now()", "CURRENT_TIMESTAMP"],
    ["timestamptz", "('now'::text)::timestamptz", "'now'::text::timestamp with time zone"],
    ["date", "CURRENT_DATE", "current_date"],
    ["interval", "'1 hour'", "'01:00:00'::interval"],
    ["text[]", "ARRAY[]::text[]", "array[]::TEXT[]"],
    ["text[]", "'{}'", "'{}'::text[]"],
    ["jsonb", "'{}'", "'{}'::jsonb"],
    ["bigint", "nextval('s')", "nextval('s'::regclass)"],
    ["uuid", "gen_random_uuid()", "pg_catalog.gen_random_uuid()"],
    ["text", "E'x'", "'x'"],
  ])("default of %s: %s is %s", (type, a, b) => expect(canonicalDefault(a, type)).toBe(canonicalDefault(b, type)));
});
