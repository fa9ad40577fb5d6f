import { describe, expect, test } from "bun:test";
import { nativeTypePattern } from "../../src/core/schema/types.ts";
import { conversion } from "../../src/dialects/postgres/conversion.ts";
import { canonicalDefault, canonicalPredicate, defaultValue } from "../../src/dialects/postgres/defaults.ts";
import { canonicalExpression } from "../../src/dialects/postgres/expression.ts";
import { canonicalType, columnType, fieldType } from "../../src/dialects/postgres/types.ts";
import { asWritten } from "../../src/dialects/postgres/written.ts";

describe("expressions are the same however they are written", () => {
  /** What an author writes, and what PostgreSQL 17 prints. */
  const same: readonly (readonly [string, string])[] = [
    ["status = 'a'", "((status)::text = 'a'::text)"],
    [
      "status IN ('a', 'b')",
      "((status)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))",
    ],
    ["status IN ('a')", "((status)::text = 'a'::text)"],
    ["n NOT IN (1, 2)", "(n <> ALL (ARRAY[1, 2]))"],
    ["n BETWEEN 1 AND 2 AND m IS NULL", "((n >= 1) AND (n <= 2) AND (m IS NULL))"],
    ["a LIKE 'x%' OR b NOT ILIKE 'y'", "(((a)::text ~~ 'x%'::text) OR (b !~~* 'y'::text))"],
    ["NOT done AND n <> -1", "((NOT done) AND (n <> '-1'::integer))"],
    ["a IS NOT DISTINCT FROM b", "(NOT (a IS DISTINCT FROM b))"],
    ["n != 1", "(n <> 1)"],
    ['"n" = 1', "(n = 1)"],
    ["doc->>'k' = 'v'", "((doc ->> 'k'::text) = 'v'::text)"],
    ["at > now() - interval '1 day'", "(at > (now() - '1 day'::interval))"],
    ["CAST(a AS text) = 'x'", "((a)::text = 'x'::text)"],
  ];
  test.each(same)("%s", (written, printed) => expect(canonicalExpression(printed)).toBe(canonicalExpression(written)));

  const different: readonly (readonly [string, string])[] = [
    ["(a + b) * c", "a + b * c"],
    ["a AND (b OR c)", "a AND b OR c"],
    ["status = 'a'", "status = 'A'"],
    ['"Status" = 1', "status = 1"],
    ["at::date = d", "at = d"],
    ["NOT (a AND b)", "NOT a AND b"],
    ["n > 1", "n >= 1"],
  ];
  test.each(different)("%s is not %s", (a, b) => expect(canonicalExpression(a)).not.toBe(canonicalExpression(b)));

  test("the form is stable, also of what is not understood", () => {
    const odd = [
      "CASE WHEN a THEN 1 ELSE 2 END > 0",
      "E'\\n' = a",
      "$$x$$ = a",
      "(a",
      "EXTRACT(year FROM at) > 2000",
      "",
      "a b c",
    ];
    for (const text of [...odd, ...same.flat(), ...different.flat()]) {
      const once = canonicalExpression(text);
      expect(canonicalExpression(once)).toBe(once);
    }
  });
});

describe("defaults", () => {
  const same: readonly (readonly [string, string, string])[] = [
    ["VARCHAR(5)", "'a'", "'a'::character varying"],
    ["TIMESTAMP", "'2024-02-29'", "'2024-02-29 00:00:00'::timestamp without time zone"],
    ["TIMESTAMP", "CURRENT_TIMESTAMP", "now()"],
    ["TIME", "'10:30'", "'10:30:00'::time without time zone"],
    ["DECIMAL(5,2)", "'1.50'", "1.50"],
    ["INTEGER", "-1", "'-1'::integer"],
    ["BOOLEAN", "TRUE", "true"],
    ["JSONB", `'{"b":1, "a":[]}'`, `'{"a": [], "b": 1}'::jsonb`],
    ["TEXT[]", `'{"a", b}'`, "'{a,b}'::text[]"],
    ["UUID", "'3F2504E0-4F89-41D3-9A0C-0305E82C3301'", "'3f2504e0-4f89-41d3-9a0c-0305e82c3301'::uuid"],
    ["TIMESTAMPTZ", "'2024-03-01 00:30:00.5+02'", "'2024-02-29 22:30:00.5+00'::timestamp with time zone"],
    ["DOUBLE PRECISION", "1.0e-7", "0.00000010"],
    ["DOUBLE PRECISION", "-12.5e3", "'-12500'::integer"],
    ["DOUBLE PRECISION", "1e21", "'1e+21'::double precision"],
    ["BYTEA", "'aé'", "'\\x61c3a9'::bytea"],
    ["BYTEA", "'\\X0A 0b'", "'\\012\\013'::bytea"],
    ["BIGINT", "9007199254740993", "'9007199254740993'::bigint"],
  ];
  test.each(same)("of %s: %s is %s", (type, a, b) => {
    expect(canonicalDefault(b, type)).toBe(canonicalDefault(a, type));
    expect(canonicalDefault(canonicalDefault(a, type), type)).toBe(canonicalDefault(a, type));
  });

  test("moments in a predicate are compared as moments", () => {
    expect(canonicalPredicate("(at > '2024-01-01 00:00:00+00'::timestamp with time zone)")).toBe(
      canonicalPredicate("at > '2024-01-01'"),
    );
  });

  test("texts that only look like the same value are not", () => {
    expect(canonicalDefault("'1.50'", "TEXT")).not.toBe(canonicalDefault("'1.5'", "TEXT"));
    expect(canonicalDefault("'A'", "TEXT")).not.toBe(canonicalDefault("'a'", "TEXT"));
  });

  const declared: readonly (readonly [string, string, unknown])[] = [
    ["now()", "timestamp without time zone", "now()"],
    ["CURRENT_TIMESTAMP", "timestamp without time zone", "now"],
    ["'-1.50'::numeric", "numeric(10,2)", "-1.50"],
    ["'-1'::integer", "numeric", -1],
    ["'1000'::numeric", "numeric", { sql: "'1000'::numeric" }],
    ["(2)::smallint", "smallint", { sql: "(2)::smallint" }],
    ["'x'::text", "character varying(5)", { sql: "'x'::text" }],
    ["gen_random_uuid()", "uuid", "new_uuid"],
    ["'draft'::character varying", "character varying(20)", "draft"],
    ["'now'::text", "text", { value: "now" }],
    ["''::text", "text", "blank"],
    ["42", "integer", 42],
    ["'9007199254740993'::bigint", "bigint", "9007199254740993"],
    ["true", "boolean", true],
    [`'{a,"b\\"c, d"}'::text[]`, "text[]", `{a,"b\\"c, d"}`],
    ["NULL::character varying", "character varying(5)", undefined],
    ["(now() + '1 day'::interval)", "timestamp without time zone", { sql: "(now() + '1 day'::interval)" }],
  ];
  test.each(declared)("%s of %s is imported as it would be declared", (sql, type, expected) => {
    expect<unknown>(defaultValue(sql, type)).toEqual(expected);
  });
});

describe("expressions as they are imported", () => {
  test.each([
    ["((v)::text = ANY ((ARRAY['a'::character varying, 'it''s'::character varying])::text[]))", "v IN ('a', 'it''s')"],
    [`(("V")::text <> ALL ((ARRAY['a'::character varying, 'b'::character varying])::text[]))`, `"V" NOT IN ('a', 'b')`],
    ["(s = ANY (ARRAY['a'::text, 'b'::text]))", "s = ANY (ARRAY['a'::text, 'b'::text])"],
    ["(((a > 0) OR (b > 0)))", "(a > 0) OR (b > 0)"],
  ])("%s", (sql, written) => {
    expect(asWritten(sql)).toBe(written);
    expect(canonicalExpression(written)).toBe(canonicalExpression(sql));
  });
});

describe("types", () => {
  test.each([
    ["character varying(20)", "VARCHAR(20)"],
    ["character varying", "VARCHAR"],
    ["numeric(10,0)", "DECIMAL(10)"],
    ["numeric", "DECIMAL"],
    ["character(1)", "CHAR"],
    ["timestamp(3) without time zone", "timestamp(3)"],
    ["time with time zone", "TIMETZ"],
    ["double precision", "FLOAT8"],
    ["integer[]", "INT4[]"],
    ["text[]", "TEXT[][]"],
    ["json", "JSON"],
    ["smallint", "INT2"],
  ])("%s is %s", (a, b) => expect(canonicalType(a)).toBe(canonicalType(b)));

  test("what a field type would change is a native type", () => {
    const natives = ["character varying", "json", "bpchar", '"char"', "json[]", "character varying[]"];
    for (const native of natives) {
      expect(canonicalType(columnType(fieldType(native)))).toBe(canonicalType(native));
      expect(fieldType(native).type).toMatch(nativeTypePattern);
    }
  });

  test("times have their precision", () =>
    expect(
      ["timestamp(3) without time zone", "timestamp(0) with time zone"].map((t) => columnType(fieldType(t))),
    ).toEqual(["TIMESTAMP(3)", "TIMESTAMPTZ(0)"]));

  test("the field of a column has the column's type", () => {
    const fields = [
      { type: "varchar", length: 7 },
      { type: "char", length: 2 },
      { type: "decimal", precision: 10, scale: 2 },
      { type: "decimal", precision: 10 },
      { type: "decimal" },
      ...[
        "text",
        "smallint",
        "integer",
        "bigint",
        "float",
        "double",
        "boolean",
        "date",
        "time",
        "timestamp",
        "timestamptz",
        "uuid",
        "jsonb",
        "bytes",
        "text[]",
        "citext",
      ].map((type) => ({ type })),
    ];
    for (const field of fields) expect(fieldType(columnType(field))).toEqual(field);
  });

  test("a conversion is written only where the server does not convert by itself, so that nothing is cut off silently", () => {
    expect(conversion("c", "TEXT", "VARCHAR(3)")).toBeUndefined();
    expect(conversion("c", "INTEGER", "SMALLINT")).toBeUndefined();
    expect(conversion("c", "INTEGER", "TEXT")).toBeUndefined();
    expect(conversion("c", "VARCHAR(9)", "INTEGER")).toBe("c::INTEGER");
    expect(conversion("c", "BOOLEAN", "BIGINT")).toBe("c::INTEGER::BIGINT");
    expect(conversion("c", "DECIMAL", "BOOLEAN")).toBe("c <> 0");
    expect(conversion("c", "TIMESTAMP", "TIME")).toBeUndefined();
    expect(conversion("c", "varchar(9)[]", "varchar(3)[]")).toBeUndefined();
    expect(conversion("c", "TEXT", "bit(3)")).toBe("c::BIT VARYING");
    expect(conversion("c", "TEXT", "vector(3)")).toBe("c::vector");
  });

  test("a conversion that PostgreSQL has no cast for keeps what a value means, or goes by way of text", () => {
    expect(conversion("c", "INTEGER", "DATE")).toBe("c::TEXT::DATE");
    expect(conversion("c", "mood", "feeling")).toBe("c::TEXT::feeling");
    expect(conversion("c", "money", "INTEGER")).toBe("c::NUMERIC::INTEGER");
    expect(conversion("c", "UUID", "JSONB")).toBe("to_jsonb(c)");
    expect(conversion("c", "JSONB", "UUID")).toBe("(c #>> '{}')::UUID");
    expect(conversion("c", "JSONB", "INTEGER")).toBe("c::INTEGER");
    expect(conversion("c", "integer[]", "uuid[]")).toBe("c::TEXT[]::uuid[]");
    expect(conversion("c", "INTEGER", "integer[]")).toBe("CASE WHEN c IS NOT NULL THEN ARRAY[c] END");
    expect(conversion("c", "integer[]", "INTEGER")).toBe(`NULLIF(btrim(c::TEXT, '{}"'), '')::INTEGER`);
    expect(conversion("c", "hstore", "JSONB")).toBe("c::JSONB");
  });
});
