import type { Change } from "../diff/change.ts";
import { extensionChanges, listChanges } from "../diff/drift-lists.ts";
import { listed, withListed } from "../schema/beside-tables.ts";
import { type Domain, type Schema, type Sequence, sequenceTypes } from "../schema/model.ts";
import { objectName } from "../schema/names.ts";
import { toldOptions } from "../schema/sequence-options.ts";
import { conventionalDefault } from "./conventional-default.ts";
import type { Dialect, LiveSchema } from "./dialect.ts";
import { domainImage } from "./domains.ts";
import type { DomainImage } from "./statement.ts";

type LiveLists = Pick<LiveSchema, "extensions" | "domains" | "sequences">;

/** The schema with what a database has beside tables. */
export function withLiveLists(schema: Schema, live: LiveLists, dialect: Dialect): Schema {
  const { extensions = [], domains = [], sequences = [] } = live;
  const declared = domains.map((domain) => declaredDomain(domain, dialect));
  return withListed(
    withListed(withListed(schema, "extensions", extensions), "domains", declared),
    "sequences",
    sequences,
  );
}

/**
 * What a database has, with serial columns whose sequences the schema declares by themselves as columns with a default: the two are one thing
 * to a database.
 */
export function withDeclaredSequences(live: LiveSchema, expected: Schema): LiveSchema {
  const names = new Set(listed(expected, "sequences").map(({ name }) => name));
  if (names.size === 0) return live;
  const found: Sequence[] = [];
  const tables = live.tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => {
      const { autoIncrement, sequence = {}, ...plain } = column;
      const { name = objectName(table.name, [column.name], "seq"), type = column.type, ...told } = sequence;
      if (!autoIncrement || !names.has(name)) return column;
      const counting = sequenceTypes.find((each) => each === type && each !== "bigint");
      found.push({ ...told, name, ...(counting && { type: counting }), ownedBy: `${table.name}.${column.name}` });
      const quoted = /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
      return { ...plain, default: `nextval('${quoted.replaceAll("'", "''")}'::regclass)` };
    }),
  }));
  return { ...live, tables, sequences: [...(live.sequences ?? []), ...found] };
}

/** As a field of its type would be declared. */
function declaredDomain(image: DomainImage, dialect: Dialect): Domain {
  const { name, type, default: sql, ...rest } = image;
  const column = { name, type, nullable: true, ...(sql !== undefined && { default: sql }) };
  const { nullable: _, autoUpdate: __, ...field } = dialect.fieldOf(column);
  const value = conventionalDefault(column, { ...field, nullable: true }, dialect);
  return { ...field, ...(value !== undefined && { default: value }), ...rest };
}

/** Where a database has others than the schema says. */
export function listDifferences(expected: Schema, live: LiveLists, dialect: Dialect): readonly Change[] {
  const domains = listed(expected, "domains").map(({ name }) => domainImage(expected, name, dialect));
  const canonical = (image: DomainImage) => canonicalDomain(image, dialect);
  return [
    ...extensionChanges(listed(expected, "extensions"), live.extensions ?? []),
    ...listChanges("domains", domains.map(canonical), (live.domains ?? []).map(canonical)),
    ...listChanges("sequences", listed(expected, "sequences").map(plainSequence), live.sequences ?? []),
  ];
}

/** What goes without saying may be said. */
const plainSequence = ({ type, ...sequence }: Sequence): Sequence => ({
  ...toldOptions(sequence, type ?? "bigint"),
  ...(type && type !== "bigint" && { type }),
});

function canonicalDomain({ checks, default: sql, ...image }: DomainImage, dialect: Dialect): DomainImage {
  const value = sql === undefined ? undefined : dialect.canonicalDefault(sql, image.type);
  return {
    ...image,
    type: dialect.canonicalType(image.type),
    ...(value !== undefined && value.toUpperCase() !== "NULL" && { default: value }),
    ...(checks && {
      checks: checks
        .map((check) => ({ ...check, check: dialect.canonicalPredicate(check.check) }))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    }),
  };
}
