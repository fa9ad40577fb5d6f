import { sequenceOptions } from "../../core/ddl/ansi.ts";
import { type Command, execute } from "../../core/ddl/dialect.ts";
import { localName, namespaceOf } from "../../core/ddl/qualified.ts";
import { type Quote, stringLiteral, words } from "../../core/ddl/sql.ts";
import type { Column } from "../../core/ddl/statement.ts";
import type { OwnSequence, SequenceNumber, SequenceOptions } from "../../core/schema/model.ts";
import { sequenceName } from "./following-names.ts";
import { doBlock, regclass } from "./procedure.ts";

/**
 * Makes an existing column number itself, as SERIAL would have: a sequence that the column owns, which goes on after the largest
 * number there is. SERIAL picks a free name for its sequence by itself; so does this.
 */
export function numberColumn(quote: Quote, table: string, column: Column): readonly Command[] {
  const { name: _, comment: __, ...made } = column.sequence ?? {};
  return [
    numbered(quote, table, column),
    ...tellSequence(quote, table, { before: { ...column, sequence: made }, after: column }),
  ];
}

function numbered(quote: Quote, table: string, column: Column): Command {
  const name = stringLiteral(column.name);
  const namespace = namespaceOf(table);
  // A sequence is where the table is that owns it.
  const path =
    namespace === undefined ? "quote_ident(name)" : `${stringLiteral(`${quote(namespace)}.`)} || quote_ident(name)`;
  const { increment, start, min } = column.sequence ?? {};
  const counting = words(countingType(column), sequenceOptions(onlyNumbers(column.sequence ?? {})));
  const first = start ?? min ?? 1;
  // A sequence that counts down, or in larger steps, goes on where it is told to.
  const goesOn = increment === undefined || !String(increment).startsWith("-");
  return execute(
    doBlock([
      "DECLARE",
      `  owner CONSTANT REGCLASS := ${regclass(quote, table)};`,
      `  stem CONSTANT TEXT := ${stringLiteral(stem(`${localName(table)}_${column.name}`))};`,
      "  name TEXT := stem || '_seq';",
      "  n INTEGER := 0;",
      "BEGIN",
      `  WHILE to_regclass(${path}) IS NOT NULL LOOP`,
      "    n := n + 1;",
      "    name := stem || '_seq' || n;",
      "  END LOOP;",
      `  EXECUTE format('CREATE SEQUENCE %s AS %s OWNED BY %s.%I', ${path}, ${stringLiteral(counting)}, owner, ${name});`,
      ...(goesOn
        ? [
            `  EXECUTE format('SELECT setval(%L, GREATEST(max(%I) + 1, ${first}), FALSE) FROM %s', ${path}, ${name}, owner);`,
          ]
        : []),
      `  EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET DEFAULT nextval(%L)', owner, ${name}, ${path});`,
      "END",
    ]),
  );
}

/** The opposite: identity or sequence, whichever the column has. */
export function stopNumbering(quote: Quote, table: string, column: string): Command {
  const alter = `ALTER TABLE ${quote(table)} ALTER COLUMN ${quote(column)}`;
  return execute(
    doBlock([
      "DECLARE",
      `  sequence CONSTANT TEXT := ${sequenceOf(quote, table, column)};`,
      "BEGIN",
      `  IF EXISTS (SELECT FROM pg_catalog.pg_attribute WHERE attrelid = ${regclass(quote, table)} AND attname = ${stringLiteral(column)} AND attidentity <> '') THEN`,
      `    ${alter} DROP IDENTITY;`,
      "  ELSE",
      `    ${alter} DROP DEFAULT;`,
      "    IF sequence IS NOT NULL THEN",
      "      EXECUTE 'DROP SEQUENCE ' || sequence;",
      "    END IF;",
      "  END IF;",
      "END",
    ]),
  );
}

/** What is unusual about the sequence of a column that was made just now, beyond what the definition of the column says. */
export function newSequence(quote: Quote, table: string, column: Column): readonly Command[] {
  const { identity, sequence } = column;
  if (!(identity ?? sequence)) return [];
  const { type: _, comment: __, ...made } = identity ?? {};
  const before = identity ? { ...column, identity: made } : { ...column, sequence: {} };
  return tellSequence(quote, table, { before, after: column, isNew: true });
}

/**
 * The sequence of a column is told what it was not told before. It counts in the type of its column, or it would end at the old type's
 * largest number. Options of an identity are for ALTER TABLE to tell.
 */
export function tellSequence(
  quote: Quote,
  table: string,
  { before, after, isNew }: { readonly before: Column; readonly after: Column; readonly isNew?: boolean },
): readonly Command[] {
  const [old, now] = [before.identity ?? before.sequence ?? {}, after.identity ?? after.sequence ?? {}];
  const options = after.identity ? [] : sequenceChanges(old, now);
  const clauses = [
    ...(countingType(before) === countingType(after) ? [] : [`AS ${countingType(after)}`]),
    ...options,
    ...(isNew && options.length > 0 ? ["RESTART"] : []),
  ];
  const body = [
    ...(clauses.length > 0 ? [`  EXECUTE format('ALTER SEQUENCE %s ${clauses.join(" ")}', sequence);`] : []),
    ...(old.name === now.name
      ? []
      : [
          `  EXECUTE format('ALTER SEQUENCE %s RENAME TO %I', sequence, ${stringLiteral(now.name ?? sequenceName(table, after.name))});`,
        ]),
    ...(old.comment === now.comment
      ? []
      : [
          `  EXECUTE format('COMMENT ON SEQUENCE %s IS %L', sequence, ${now.comment === undefined ? "NULL" : stringLiteral(now.comment)});`,
        ]),
  ];
  if (body.length === 0) return [];
  const head = ["DECLARE", `  sequence CONSTANT REGCLASS := ${sequenceOf(quote, table, after.name)};`, "BEGIN"];
  return [execute(doBlock([...head, ...body, "END"]))];
}

/**
 * What a sequence that is told the one is told to be as the other; what is told no longer goes back to what it is by itself, which is another
 * thing for one that counts the other way.
 */
export const sequenceChanges = (before: SequenceOptions, after: SequenceOptions): readonly string[] => {
  const turns = isDown(before) !== isDown(after);
  return properties
    .filter(
      ({ key, turned }) =>
        (key === "start" ? startOf(before) !== startOf(after) : before[key] !== after[key]) || (turns && turned),
    )
    .map(({ key, words: [set, unset] }) =>
      after[key] === undefined || after[key] === false ? unset(after) : `${set} ${after[key]}`.replace(/ true$/, ""),
    );
};

export const isDown = ({ increment }: SequenceOptions): boolean => String(increment).startsWith("-");

const properties = [
  { key: "increment", turned: false, words: ["INCREMENT BY", () => "INCREMENT BY 1"] },
  { key: "min", turned: true, words: ["MINVALUE", () => "NO MINVALUE"] },
  { key: "max", turned: true, words: ["MAXVALUE", () => "NO MAXVALUE"] },
  {
    key: "start",
    turned: true,
    words: ["START WITH", (options: SequenceOptions) => `START WITH ${usualStart(options)}`],
  },
  { key: "cache", turned: false, words: ["CACHE", () => "CACHE 1"] },
  { key: "cycle", turned: false, words: ["CYCLE", () => "NO CYCLE"] },
] as const;

const usualStart = (options: SequenceOptions): SequenceNumber =>
  isDown(options) ? (options.max ?? -1) : (options.min ?? 1);

/** What is not told follows from the least number, which may be told. */
const startOf = (options: SequenceOptions): string => String(options.start ?? usualStart(options));

const countingType = ({ identity, sequence, type }: Column): string => (identity ?? sequence)?.type ?? type;

const onlyNumbers = ({ name: _, type: __, comment: ___, ...options }: OwnSequence): SequenceOptions => options;

/** Rows that bring their numbers do not count for the sequence, and the next row without one would get a number that is taken. */
export function advanceSequence(quote: Quote, table: string, column: string): string {
  const largest = `SELECT ${sequenceOf(quote, table, column)} AS sequence, max(${quote(column)}) AS largest FROM ${quote(table)}`;
  return `SELECT setval(sequence, largest) FROM (${largest}) AS numbers
WHERE largest > COALESCE(pg_sequence_last_value(sequence::REGCLASS), 0)`;
}

/** A column that rows have numbers in, and that becomes an identity, goes on after the largest. One that counts down begins where it is told to. */
export function numberOn(quote: Quote, table: string, column: Column): readonly Command[] {
  if (isDown(column.identity ?? {})) return [];
  const largest = `SELECT ${sequenceOf(quote, table, column.name)}::REGCLASS AS sequence, max(${quote(column.name)}) AS largest FROM ${quote(table)}`;
  return [
    execute(`SELECT setval(sequence, largest) FROM (${largest}) AS numbers
JOIN pg_catalog.pg_sequence s ON s.seqrelid = sequence WHERE largest BETWEEN s.seqstart AND s.seqmax`),
  ];
}

/** Numbers that were given out in another table, perhaps to rows that are gone, are not given out again. */
export function continueSequence(
  quote: Quote,
  { from, to, column }: { readonly from: string; readonly to: string; readonly column: string },
): string {
  const given = `pg_sequence_last_value((${sequenceOf(quote, from, column)})::REGCLASS)`;
  const last = `GREATEST(${given}, (SELECT max(${quote(column)}) FROM ${quote(to)}))`;
  return `SELECT setval(sequence, last) FROM (SELECT ${sequenceOf(quote, to, column)} AS sequence, ${last} AS last) AS numbers
WHERE last > COALESCE(pg_sequence_last_value(sequence::REGCLASS), 0)`;
}

const sequenceOf = (quote: Quote, table: string, column: string): string =>
  `pg_get_serial_sequence(${stringLiteral(quote(table))}, ${stringLiteral(column)})`;

/** Leaves room for `_seq` and a number within the 63 bytes of a name; cut at a whole character of up to four bytes. */
function stem(text: string): string {
  let cut = text;
  while (encodeURIComponent(cut).replace(/%../g, "x").length > 52) cut = Array.from(cut).slice(0, -1).join("");
  return cut;
}
