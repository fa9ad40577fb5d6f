import { type Command, execute } from "../../core/ddl/dialect.ts";
import { localName, namespaceOf } from "../../core/ddl/qualified.ts";
import { type Quote, stringLiteral } from "../../core/ddl/sql.ts";
import type { Column } from "../../core/ddl/statement.ts";
import { doBlock, regclass } from "./procedure.ts";

/**
 * Makes an existing column number itself, as SERIAL would have: a sequence that the column owns, which goes on after the largest
 * number there is. SERIAL picks a free name for its sequence by itself; so does this.
 */
export function numberColumn(quote: Quote, table: string, column: Column): Command {
  const name = stringLiteral(column.name);
  const namespace = namespaceOf(table);
  // A sequence is where the table is that owns it.
  const path =
    namespace === undefined ? "quote_ident(name)" : `${stringLiteral(`${quote(namespace)}.`)} || quote_ident(name)`;
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
      namespace === undefined
        ? `  EXECUTE format('CREATE SEQUENCE %I AS %s OWNED BY %s.%I', name, ${stringLiteral(column.type)}, owner, ${name});`
        : `  EXECUTE format('CREATE SEQUENCE %s AS %s OWNED BY %s.%I', ${path}, ${stringLiteral(column.type)}, owner, ${name});`,
      `  EXECUTE format('SELECT setval(%L, GREATEST(max(%I), 0) + 1, FALSE) FROM %s', ${path}, ${name}, owner);`,
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

/** The sequence counts in the type of its column, or it would end at the old type's largest number. */
export function widenSequence(quote: Quote, table: string, column: Column): Command {
  return execute(
    doBlock([
      "BEGIN",
      `  EXECUTE format('ALTER SEQUENCE %s AS %s', ${sequenceOf(quote, table, column.name)}, ${stringLiteral(column.type)});`,
      "END",
    ]),
  );
}

/** Rows that bring their numbers do not count for the sequence, and the next row without one would get a number that is taken. */
export function advanceSequence(quote: Quote, table: string, column: string): string {
  const largest = `SELECT ${sequenceOf(quote, table, column)} AS sequence, max(${quote(column)}) AS largest FROM ${quote(table)}`;
  return `SELECT setval(sequence, largest) FROM (${largest}) AS numbers
WHERE largest > COALESCE(pg_sequence_last_value(sequence::REGCLASS), 0)`;
}

const sequenceOf = (quote: Quote, table: string, column: string): string =>
  `pg_get_serial_sequence(${stringLiteral(quote(table))}, ${stringLiteral(column)})`;

/** Leaves room for `_seq` and a number within the 63 bytes of a name; cut at a whole character of up to four bytes. */
function stem(text: string): string {
  let cut = text;
  while (encodeURIComponent(cut).replace(/%../g, "x").length > 52) cut = Array.from(cut).slice(0, -1).join("");
  return cut;
}
