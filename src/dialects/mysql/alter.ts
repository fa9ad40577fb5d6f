import { lines, stacked } from "../../core/ddl/sql.ts";
import type { AlterColumn, Column } from "../../core/ddl/statement.ts";
import { columnDefinition } from "./columns.ts";
import { quote as q } from "./quote.ts";
import { canonicalType, familyOf } from "./types.ts";

/**
 * MODIFY COLUMN says all of the column again. Where it would convert the values otherwise than other databases do, they are made into
 * what it takes before, or into what is wanted after.
 */
export function alterColumn({ table, before, after, using }: AlterColumn): readonly string[] {
  if (using !== undefined) return convertByHand(table, { before, after, using });
  const [from, to] = [familyOf(before.type), familyOf(after.type)];
  const modify = modifyColumn(table, after);
  if (from === "text" && to === "boolean") return [update(table, after.name, wordsToBits(after.name)), modify];
  if (from === "boolean" && to === "text") return [modify, update(table, after.name, bitsToWords(after.name))];
  return [modify];
}

/** The values of a column as those of another type, where MySQL would assign them otherwise than other databases do. */
export function converted(before: Column, after: Column): string | undefined {
  const [from, to] = [familyOf(before.type), familyOf(after.type)];
  if (from === "text" && to === "boolean") return wordsToBits(before.name);
  return from === "boolean" && to === "text" ? bitsToWords(before.name) : undefined;
}

const modifyColumn = (table: string, column: Column): string => {
  const parts = modifyParts(column);
  return parts.length === 1
    ? `ALTER TABLE ${q(table)} ${parts.join("")}`
    : `ALTER TABLE ${q(table)}\n${stacked(parts)}`;
};

/**
 * What says all of a column again, in an ALTER TABLE. A check that is part of it goes by that, and comes back as one of the table; it may be that
 * already.
 */
export const modifyParts = (column: Column): readonly string[] => {
  const modify = `MODIFY COLUMN ${columnDefinition(column)}`;
  return column.check === undefined
    ? [modify]
    : [
        `DROP CONSTRAINT IF EXISTS ${q(column.name)}`,
        modify,
        `ADD CONSTRAINT ${q(column.name)} CHECK (${column.check})`,
      ];
};

const update = (table: string, column: string, value: string): string =>
  `UPDATE ${q(table)} SET ${q(column)} = ${value}`;

const wordsToBits = (column: string): string => {
  const word = `LOWER(TRIM(${q(column)}))`;
  return `CASE WHEN ${word} IN ('true', 't', 'yes', 'y', 'on', '1') THEN '1' WHEN ${word} IN ('false', 'f', 'no', 'n', 'off', '0') THEN '0' ELSE ${q(column)} END`;
};

const bitsToWords = (column: string): string =>
  `CASE ${q(column)} WHEN '0' THEN 'false' WHEN '1' THEN 'true' ELSE ${q(column)} END`;

/** Where the converted values wait until their column has its new type. */
const waiting = "godwit_converted";

/** The expression is over the old values, and MODIFY only converts in its own way: so a second column holds the result meanwhile. */
function convertByHand(
  table: string,
  { before, after, using }: { readonly before: Column; readonly after: Column; readonly using: string },
): readonly string[] {
  const at = `ALTER TABLE ${q(table)}`;
  if (canonicalType(before.type) === canonicalType(after.type))
    return [update(table, after.name, using), modifyColumn(table, after)];
  const bare = (name: string, { type }: Column): string => columnDefinition({ name, type, nullable: true });
  return [
    lines(`${at}`, `  ADD COLUMN ${bare(waiting, after)},`, `  MODIFY COLUMN ${bare(after.name, before)}`),
    update(table, waiting, using),
    update(table, after.name, "NULL"),
    `${at} MODIFY COLUMN ${bare(after.name, after)}`,
    update(table, after.name, q(waiting)),
    lines(`${at}`, stacked([...modifyParts(after), `DROP COLUMN ${q(waiting)}`])),
  ];
}
