import { canonicalJson } from "../schema/canonical.ts";
import { constraintsOf } from "../schema/constraints.ts";
import { indexFieldText } from "../schema/index-fields.ts";
import type { Constraint, EnumType, Field, ForeignKey, Index, Schema, Table } from "../schema/model.ts";
import type { Change } from "./change.ts";
import { equalConstraints, furtherText, isNullable, sameIndex, samePrimaryKey } from "./compare.ts";
import { commentChanges } from "./drift-comments.ts";
import { treeChanges } from "./drift-tree.ts";
import { isAlike } from "./is-alike.ts";
import { keyPairs } from "./key-pairs.ts";

/** A table as it should be and as the database has it, both in the form in which they are compared. */
export interface Compared {
  readonly want: Schema;
  readonly have: Schema;
  readonly table: Table;
  readonly found: Table;
}

export const missingTable = (table: Table): Change =>
  change({ kind: "missing_table", table: table.name, detail: `table "${table.name}" is not in the database` });

export const extraTable = (table: Table): Change =>
  change({
    kind: "extra_table",
    table: table.name,
    detail: `table "${table.name}" is only in the database`,
    destructive: true,
  });

/** What is different about the types with a list of values. */
export const enumChanges = (want: readonly EnumType[], have: readonly EnumType[]): readonly Change[] => {
  const list = ({ values }: EnumType): string => values.map((value) => JSON.stringify(value)).join(", ");
  const found = (kind: string, { name }: EnumType, words: string): Change => ({
    kind: `${kind}_enum`,
    table: null,
    object: name,
    detail: `enum "${name}"${words}`,
    destructive: kind === "extra",
  });
  return [
    ...want.flatMap((wanted) => {
      const other = have.find(({ name }) => name === wanted.name);
      if (!other) return [found("missing", wanted, " is not in the database")];
      if (list(wanted) !== list(other))
        return [found("changed", wanted, `: (${list(other)}) in the database, (${list(wanted)}) expected`)];
      return wanted.comment === other.comment ? [] : [found("changed", wanted, ": its comment is different")];
    }),
    ...have
      .filter(({ name }) => !want.some((wanted) => wanted.name === name))
      .map((other) => found("extra", other, " is only in the database")),
  ];
};

/** What is different about a table that exists on both sides. */
export function tableChanges(compared: Compared): readonly Change[] {
  // What a key refers to without naming it is said by the other table.
  if (isAlike(compared.table, compared.found)) return foreignKeyChanges(compared);
  return [
    ...fieldChanges(compared),
    ...primaryKeyChanges(compared),
    ...indexChanges(compared),
    ...foreignKeyChanges(compared),
    ...optionChanges(compared),
    ...constraintChanges(compared),
    ...commentChanges(compared),
    ...rowSecurityChanges(compared),
    ...treeChanges(compared),
  ];
}

function fieldChanges({ table, found }: Compared): readonly Change[] {
  return namedChanges<Field>(table.name, {
    what: "field",
    want: table.fields,
    have: found.fields,
    extraIsDestructive: true,
    compare: (field, other) => fieldDifferences({ table, field }, { table: found, field: other }),
  });
}

interface Placed {
  readonly table: Table;
  readonly field: Field;
}

function fieldDifferences(want: Placed, have: Placed): Difference | undefined {
  const different = properties.filter(({ text }) => text(want) !== text(have));
  if (different.length === 0) return undefined;
  const loses = ({ name }: Property): boolean =>
    name === "type" || (name === "null" && isNullable(have.table, have.field));
  return {
    detail: different.map(({ text }) => `${text(have)} in the database, ${text(want)} expected`).join("; "),
    destructive: different.some(loses),
  };
}

interface Property {
  readonly name: "type" | "null" | "default" | "update" | "further";
  text(placed: Placed): string;
}

const properties: readonly Property[] = [
  { name: "type", text: ({ field }) => field.type },
  { name: "null", text: ({ table, field }) => (isNullable(table, field) ? "NULL" : "NOT NULL") },
  { name: "default", text: ({ field }) => defaultText(field) },
  { name: "further", text: ({ field }) => furtherText(field) },
  { name: "update", text: ({ field }) => (field.autoUpdate ? "set at every update" : "not set at updates") },
];

const defaultText = ({ default: value }: Field): string =>
  typeof value === "object" && "sql" in value ? `DEFAULT ${value.sql}` : "no default";

function primaryKeyChanges({ table, found }: Compared): readonly Change[] {
  if (samePrimaryKey(table, found)) return [];
  const text = ({ primaryKey, primaryKeyDeferrable: deferrable, primaryKeyInclude: include }: Table): string =>
    primaryKey
      ? `(${primaryKey.join(", ")})${include ? ` including (${include.join(", ")})` : ""}${deferrable === undefined ? "" : ` deferrable (${deferrable})`}`
      : "none";
  const detail = `primary key of table "${table.name}": ${text(found)} in the database, ${text(table)} expected`;
  return [change({ kind: "changed_primary_key", table: table.name, detail })];
}

function indexChanges({ table, found }: Compared): readonly Change[] {
  return namedChanges<Index>(table.name, {
    what: "index",
    want: table.indexes,
    have: found.indexes,
    compare: (index, other) =>
      sameIndex(index, other)
        ? undefined
        : { detail: `${indexText(other)} in the database, ${indexText(index)} expected` },
  });
}

function indexText({ name: _, fields, unique, method, where, ...more }: Index): string {
  const on = fields.map(indexFieldText).join(", ");
  const rest = Object.keys(more).length > 0 ? ` with ${canonicalJson(more)}` : "";
  return `${unique ? "unique " : ""}(${on})${method ? ` using ${method}` : ""}${where ? ` where ${where}` : ""}${rest}`;
}

/** A constraint that says the same under another name is no difference: tables and fields that are renamed leave it its old one. */
function constraintChanges({ table, found }: Compared): readonly Change[] {
  const have = [...constraintsOf(found)];
  const claimed = (constraint: Constraint, isIt: (other: Constraint) => boolean): boolean => {
    const at = have.findIndex((other) => isIt(other) && equalConstraints(constraint, other));
    if (at >= 0) have.splice(at, 1);
    return at >= 0;
  };
  const want = constraintsOf(table)
    .filter((constraint) => !claimed(constraint, ({ name }) => name === constraint.name))
    .filter((constraint) => !claimed(constraint, () => true));
  return namedChanges<Constraint>(table.name, {
    what: "constraint",
    want,
    have,
    compare: (constraint, other) => ({
      detail: `${constraintText(other)} in the database, ${constraintText(constraint)} expected`,
    }),
  });
}

const constraintText = ({ name: _, ...content }: Constraint): string =>
  "check" in content ? `check (${content.check})${content.notValid ? " not valid" : ""}` : canonicalJson(content);

function rowSecurityChanges({ table, found }: Compared): readonly Change[] {
  const [want, have] = [table.rowSecurity ?? "disabled", found.rowSecurity ?? "disabled"];
  if (want === have) return [];
  const detail = `row security of table "${table.name}": ${have} in the database, ${want} expected`;
  return [change({ kind: "changed_row_security", table: table.name, detail })];
}

/** Foreign keys are told apart by what they say; a name is only a label. */
function foreignKeyChanges({ want, have, table, found }: Compared): readonly Change[] {
  if (table.foreignKeys.length === 0 && found.foreignKeys.length === 0) return [];
  const pairs = keyPairs({ schema: have, table: found }, { schema: want, table });
  const missing = table.foreignKeys.filter((key) => !pairs.some(({ now }) => now === key));
  const extra = found.foreignKeys.filter((key) => !pairs.some(({ old }) => old === key));
  const text = ({ name, fields, references, onDelete, onUpdate }: ForeignKey): string =>
    `foreign key "${name}" of table "${table.name}" ((${fields.join(", ")}) to "${references.table}", on delete ${onDelete}, on update ${onUpdate})`;
  const report = (kind: string, words: string) => (key: ForeignKey) =>
    change({ kind, table: table.name, object: key.name, detail: `${text(key)} ${words}` });
  return [
    ...missing.map(report("missing_foreign_key", "is not in the database")),
    ...extra.map(report("extra_foreign_key", "is only in the database")),
  ];
}

function optionChanges({ table, found }: Compared): readonly Change[] {
  const entries = ({ options = {} }: Table): Readonly<Record<string, string>> =>
    Object.assign({}, ...Object.values(options)) as Record<string, string>;
  const [want, have] = [entries(table), entries(found)];
  const keys = [...new Set([...Object.keys(want), ...Object.keys(have)])].filter((key) => want[key] !== have[key]);
  return keys.map((key) =>
    change({
      kind: "changed_option",
      table: table.name,
      object: key,
      detail: `option "${key}" of table "${table.name}": ${have[key] ?? "none"} in the database, ${want[key] ?? "none"} expected`,
    }),
  );
}

interface Difference {
  readonly detail: string;
  readonly destructive?: boolean | undefined;
}

interface Named<T> {
  readonly what: string;
  readonly want: readonly T[];
  readonly have: readonly T[];
  readonly extraIsDestructive?: boolean;
  compare(want: T, have: T): Difference | undefined;
}

function namedChanges<T extends { readonly name: string }>(
  table: string,
  { what, want, have, ...rest }: Named<T>,
): readonly Change[] {
  const title = (name: string): string => `${what} "${name}" of table "${table}"`;
  const report = (kind: string, name: string, { detail, destructive }: Difference): Change =>
    change({ kind: `${kind}_${what}`, table, object: name, detail: `${title(name)}${detail}`, destructive });
  const extra = have.filter((thing) => !want.some((other) => other.name === thing.name));
  return [
    ...want.flatMap((thing) => {
      const other = have.find((found) => found.name === thing.name);
      if (!other) return [report("missing", thing.name, { detail: " is not in the database" })];
      const difference = rest.compare(thing, other);
      return difference ? [report("changed", thing.name, { ...difference, detail: `: ${difference.detail}` })] : [];
    }),
    ...extra.map(({ name }) =>
      report("extra", name, { detail: " is only in the database", destructive: rest.extraIsDestructive }),
    ),
  ];
}

interface Found {
  readonly kind: string;
  readonly table: string;
  readonly object?: string;
  readonly detail: string;
  readonly destructive?: boolean | undefined;
}

const change = ({ kind, table, object, detail, destructive }: Found): Change => ({
  kind,
  table,
  object: object ?? null,
  detail,
  destructive: destructive ?? false,
});
