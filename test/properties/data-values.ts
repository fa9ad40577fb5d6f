import * as fc from "fast-check";

export const dataDatabases = ["sqlite", "postgresql", "mariadb"] as const;
export type DataDatabase = (typeof dataDatabases)[number];

/** A table with the key `id` and columns `c0`, `c1`, … that may be NULL; its rows are SQL. */
export interface DataTable {
  readonly types: readonly string[];
  /** Of each row the key, and a value for each type. */
  readonly rows: readonly (readonly [id: bigint, ...values: string[]])[];
}

/** Tables of any of the types that the database has, with any values in them. */
export function dataTable(database: DataDatabase): fc.Arbitrary<DataTable> {
  const known = valuesOf(database);
  const types = Object.keys(known);
  return fc.subarray(types, { minLength: 1, maxLength: 8 }).chain((chosen) => {
    const values = chosen.map((type) => fc.option(known[type] ?? fc.constant("NULL"), { nil: "NULL", freq: 6 }));
    const row = fc.tuple(bigint, ...values);
    return fc
      .uniqueArray(row, { minLength: 1, maxLength: 12, selector: ([id]) => id })
      .map((rows) => ({ types: chosen, rows: rows as DataTable["rows"] }));
  });
}

/** Type → SQL of a value. */
function valuesOf(database: DataDatabase): Readonly<Record<string, fc.Arbitrary<string>>> {
  const postgres = database === "postgresql";
  const own = postgres ? ofPostgres : {};
  // TIMESTAMP of MariaDB ends in 2038.
  const [first, last] = database === "mariadb" ? [1975, 2035] : [1000, 9999];
  const zoned = postgres
    ? fc.tuple(moment(1, 9999), zone).map(([at, offset]) => `${at}${offset}`)
    : moment(first, last);
  return {
    text: text(200).map(quoted),
    "varchar(40)": text(40).map(quoted),
    smallint: fc.integer({ min: -32768, max: 32767 }).map(String),
    integer: fc.integer().map(String),
    bigint: bigint.map(String),
    float: fc.float(finite(database)).map((n) => real(n, database)),
    double: fc.double(finite(database)).map((n) => real(n, database)),
    decimal: decimal.map((digits) => (database === "sqlite" ? digits : quoted(digits))),
    boolean: fc.boolean().map((yes) => (yes ? "TRUE" : "FALSE")),
    date: moment(1000, 9999).map((at) => quoted(at.slice(0, 10))),
    time: moment(1000, 9999).map((at) => quoted(at.slice(11))),
    timestamp: moment(first, last).map(quoted),
    timestamptz: zoned.map(quoted),
    uuid: fc.uuid().map(quoted),
    json,
    jsonb: json,
    bytes: hex.map((digits) => (postgres ? `'\\x${digits}'` : `X'${digits}'`)),
    "text[]": postgres
      ? fc.array(fc.option(text(20).map(quoted), { nil: "NULL" }), { maxLength: 4 }).map((l) => `ARRAY[${l}]::TEXT[]`)
      : text(40).map(quoted),
    ...own,
  };
}

const bigint = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const hex = fc.uint8Array({ maxLength: 20 }).map((bytes) => Buffer.from(bytes).toString("hex"));
const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;
/** PostgreSQL has no text with the character 0. */
const text = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .oneof(fc.string({ unit: "binary", maxLength }), fc.string({ maxLength }), fc.constantFrom(...oddTexts))
    .map((value) => value.replaceAll("\0", ""));
const oddTexts = [
  "",
  " ",
  "end \r\n",
  "\\",
  "\\x00",
  "it's",
  '"',
  "NULL",
  "$" + "{x}",
  "`",
  "\ufeff",
  "\u2028",
  "e\u0301",
  "-- /*",
  "🏳️‍🌈",
];
const json = fc.jsonValue().map((value) => quoted(JSON.stringify(value)));
const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 20n) + 1n, max: 10n ** 20n - 1n }), fc.integer({ min: 0, max: 999_999_999 }))
  .map(([whole, fraction]) => `${whole}.${String(fraction).padStart(10, "0")}`);
const zone = fc
  .tuple(fc.constantFrom("+", "-"), fc.integer({ min: 0, max: 14 }))
  .map(([sign, hours]) => `${sign}${String(hours).padStart(2, "0")}:30`);

/** `2024-02-29 12:34:56.000001` */
const moment = (from: number, to: number): fc.Arbitrary<string> => {
  const date = fc.date({
    min: new Date(`${String(from).padStart(4, "0")}-01-02`),
    max: new Date(`${to}-12-30`),
    noInvalidDate: true,
  });
  return fc
    .tuple(date, fc.integer({ min: 0, max: 999 }))
    .map(([at, micros]) => `${at.toISOString().slice(0, -1).replace("T", " ")}${String(micros).padStart(3, "0")}`);
};

/** MariaDB has neither infinities nor NaN, and SQLite takes NaN for NULL. */
const finite = (database: DataDatabase) => ({
  noNaN: database !== "postgresql",
  noDefaultInfinity: database === "mariadb",
});

function real(n: number, database: DataDatabase): string {
  if (database === "postgresql") return Object.is(n, -0) ? "'-0'" : `'${n}'`;
  if (!Number.isFinite(n)) return n < 0 ? "-9e999" : "9e999";
  return Object.is(n, -0) ? "-0e0" : n.toExponential();
}

const ofPostgres: Readonly<Record<string, fc.Arbitrary<string>>> = {
  interval: fc
    .tuple(fc.integer({ min: -999, max: 999 }), fc.integer({ min: -999, max: 999 }), fc.integer())
    .map(([months, days, micros]) => `'${months} months ${days} days ${micros} microseconds'`),
  numeric: fc.oneof(decimal, fc.constantFrom("NaN", "Infinity", "-Infinity", "0.000", "1e-50")).map(quoted),
  "double precision[]": fc.array(fc.double()).map((list) => `'{${list.map((n) => (Object.is(n, -0) ? "-0" : n))}}'`),
  "bytea[]": fc.array(hex, { maxLength: 4 }).map((list) => `ARRAY[${list.map((digits) => `'\\x${digits}'`)}]::BYTEA[]`),
  "bit varying(20)": fc.array(fc.constantFrom("0", "1"), { maxLength: 20 }).map((bits) => `B'${bits.join("")}'`),
  timetz: fc.tuple(moment(2000, 2001), zone).map(([at, offset]) => quoted(`${at.slice(11)}${offset}`)),
};
