import {
  ansiRenderers,
  columnDefinition,
  constraintDefinition,
  foreignKeyConstraint,
  identityClause,
  insertOnConflict,
  upsertRow,
} from "../../core/ddl/ansi.ts";
import { type Command, execute, type Renderer, type Renderers } from "../../core/ddl/dialect.ts";
import { lostValues } from "../../core/ddl/lost-values.ts";
import { beside, namespaceOf } from "../../core/ddl/qualified.ts";
import { type Quote, stacked, stringLiteral, words } from "../../core/ddl/sql.ts";
import type { AlterColumn, Column, StatementOf, TableImage } from "../../core/ddl/statement.ts";
import { canonicalJson } from "../../core/schema/canonical.ts";
import type { Constraint, Identity } from "../../core/schema/model.ts";
import { createAutoUpdate, dropAutoUpdate } from "./auto-update.ts";
import { alterColumnOptions, newColumnOptions } from "./column-options.ts";
import { constraintComment, constraintComments } from "./constraint-comments.ts";
import { conversionOf } from "./conversion.ts";
import { domainRenderers } from "./domains.ts";
import { enumRenderers } from "./enums.ts";
import { namesAfterColumn, usualKeyName } from "./following-names.ts";
import { indexRenderers } from "./indexes.ts";
import { keptOfColumn } from "./kept.ts";
import { listRenderers } from "./lists.ts";
import { viewRenderers } from "./managed.ts";
import { moveTable, namespaceRenderers } from "./namespaces.ts";
import { objectsFor } from "./objects.ts";
import { alterOptions, withOptions } from "./options.ts";
import { doBlock, regclass } from "./procedure.ts";
import { renameThing } from "./rename-thing.ts";
import {
  advanceSequence,
  newSequence,
  numberColumn,
  numberOn,
  sequenceChanges,
  stopNumbering,
  tellSequence,
} from "./sequence.ts";
import { dropInherited, treeRenderers } from "./tree.ts";
import { canonicalType } from "./types.ts";

/** What PostgreSQL writes in its own way. */
export function renderers(quote: Quote): Renderers {
  const column = (c: Column) => columnDefinition(quote, c.autoIncrement ? serialColumn(c) : c);
  const ansi = ansiRenderers({ quote, column });
  const { createTable, addColumn, dropColumn, renameColumn, ...standard } = ansi as Standard;
  const { addConstraint, addForeignKey, addPrimaryKey } = standard;
  return {
    ...ansi,
    ...namespaceRenderers(quote),
    createTable: (s) => [
      ...createTable({ ...s, table: validated(s.table) }).map((command) =>
        command.kind === "execute" ? execute(withOptions(quote, command.sql, s.table)) : command,
      ),
      ...furtherParts(quote, s.table),
    ],
    addConstraint: (s) => [...addConstraint(s), ...constraintComment(quote, s.table, s.constraint)],
    addForeignKey: (s) => [...addForeignKey(s), ...constraintComment(quote, s.table, s.foreignKey)],
    addPrimaryKey: (s) => [
      ...addPrimaryKey(namedKey(s)),
      ...constraintComment(quote, s.table, { name: s.name ?? usualKeyName(s.table), comment: s.comment }),
    ],
    ...treeRenderers({ quote, column, plain: validated, further: (table) => furtherParts(quote, table) }),
    renameTable: (s) => moveTable(quote, s),
    addColumn: (s) => [...lostValues(quote, s), ...addColumn(s), ...furtherColumn(quote, s)],
    dropColumn: (s) => [...keptOfColumn(quote, s).before, ...dropInherited(quote, s, dropColumn(s))],
    renameColumn: (s) => [...renameColumn(s), ...namesAfterColumn(quote, s)],
    alterOptions: (s) => alterOptions(quote, s),
    fillColumn: (s) => [...standard.fillColumn(s), ...(s.settles ? [execute("SET CONSTRAINTS ALL IMMEDIATE")] : [])],
    alterColumn: (s) => alterColumn(quote, s),
    dropPrimaryKey: (s) => [execute(dropPrimaryKey(quote, s.table))],
    ...indexRenderers(quote),
    renameThing: (s) => renameThing(quote, s),
    ...enumRenderers(quote),
    ...domainRenderers(quote),
    ...listRenderers(quote),
    setComment: (s) => [execute(setComment(quote, s))],
    setRowSecurity: (s) => [execute(`ALTER TABLE ${quote(s.table)}\n${stacked(rowSecurity[s.security])}`)],
    ...viewRenderers(quote),
    ...objectsFor(quote),
    createAutoUpdate: (s) => createAutoUpdate(quote, s.table, s.column),
    dropAutoUpdate: (s) => dropAutoUpdate(quote, s.table, s.column),
    upsertRows: (s) => upsertRows(quote, s),
  };
}

/** https://www.postgresql.org/docs/current/sql-insert.html */
const OVERRIDING = "OVERRIDING SYSTEM VALUE ";

const upsertRows = (quote: Quote, s: StatementOf<"upsertRows">): readonly Command[] =>
  [
    ...(s.uniqueKeys === false
      ? s.rows.flatMap((row) => upsertRow(quote, s, row))
      : insertOnConflict(quote, s, s.overriding && OVERRIDING)),
    ...(s.unfinished ? [] : (s.numbered ?? [])).map((name) => advanceSequence(quote, s.table, name)),
  ].map(execute);

type Standard = {
  readonly [K in
    | "createTable"
    | "addColumn"
    | "dropColumn"
    | "renameColumn"
    | "addConstraint"
    | "addForeignKey"
    | "addPrimaryKey"
    | "fillColumn"]: Renderer<StatementOf<K>>;
};

const rowSecurity = {
  disabled: ["DISABLE ROW LEVEL SECURITY", "NO FORCE ROW LEVEL SECURITY"],
  enabled: ["ENABLE ROW LEVEL SECURITY", "NO FORCE ROW LEVEL SECURITY"],
  forced: ["ENABLE ROW LEVEL SECURITY", "FORCE ROW LEVEL SECURITY"],
} as const;

const furtherParts = (quote: Quote, table: TableImage): readonly Command[] => [
  ...table.columns.flatMap((c) =>
    c.inherited ? newColumnOptions(quote, table.name, c) : afterColumn(quote, table.name, c),
  ),
  ...unvalidated(quote, table),
  ...constraintComments(quote, table),
];

/**
 * In CREATE TABLE the server takes NOT VALID for valid, because there are no rows yet, and two unique or exclusion constraints or keys that say the same for one; so
 * these follow.
 */
const validated = (table: TableImage): TableImage => ({
  ...table,
  ...(table.primaryKey && keyNamed(table.name, table.primaryKeyName)),
  foreignKeys: table.foreignKeys.filter((key) => !key.notValid),
  ...(table.constraints && { constraints: table.constraints.filter((c) => !follows(table, c)) }),
});

function follows(table: TableImage, constraint: Constraint): boolean {
  if ("check" in constraint) return !isValidated(constraint);
  const text = indexText(constraint);
  const key = indexText({ name: "", unique: table.primaryKey ?? [], include: table.primaryKeyInclude });
  const before = (table.constraints ?? []).slice(0, table.constraints?.indexOf(constraint));
  return text === key || before.some((other) => indexText(other) === text);
}

/** What the server compares of the indexes behind two constraints: transformIndexConstraints of parser/parse_utilcmd.c. */
function indexText(constraint: object): string {
  const { name: _, comment: __, with: ___, ...content } = constraint as Readonly<Record<string, unknown>>;
  return canonicalJson(content);
}

const unvalidated = (quote: Quote, table: TableImage): readonly Command[] => {
  const { name, foreignKeys, constraints = [] } = table;
  return [
    ...constraints.filter((c) => follows(table, c)).map((constraint) => constraintDefinition(quote, constraint)),
    ...foreignKeys.filter((key) => key.notValid).map((key) => foreignKeyConstraint(quote, key)),
  ].map((definition) => execute(`ALTER TABLE ${quote(name)} ADD ${definition}`));
};

/** The server calls the key after all of a name with dots. */
const keyNamed = (table: string, name = usualKeyName(table)): { readonly primaryKeyName?: string } =>
  name === usualKeyName(table) && (namespaceOf(table) !== undefined || !table.includes("."))
    ? {}
    : { primaryKeyName: name };

function namedKey(s: StatementOf<"addPrimaryKey">): StatementOf<"addPrimaryKey"> {
  const { primaryKeyName: name } = keyNamed(s.table, s.name);
  return name === undefined ? s : { ...s, name };
}

const isValidated = (constraint: Constraint): boolean => !("notValid" in constraint && constraint.notValid);

const serialNames: Readonly<Record<string, string>> = {
  smallint: "SMALLSERIAL",
  integer: "SERIAL",
  bigint: "BIGSERIAL",
};

/** A type that a project maps to a serial type already stays as it is written. */
function serialColumn({ default: _, collation: __, ...column }: Column): Column {
  const type = /serial/i.test(column.type) ? column.type : (serialNames[canonicalType(column.type)] ?? column.type);
  // The serial types are NOT NULL by themselves and refuse to be told NULL.
  return { name: column.name, type, nullable: column.nullable };
}

/** What the definition of a new column cannot say. */
function afterColumn(quote: Quote, table: string, column: Column): readonly Command[] {
  const told = [...newSequence(quote, table, column), ...newColumnOptions(quote, table, column)];
  if (!column.autoIncrement || !column.nullable) return told;
  return [...told, execute(`ALTER TABLE ${quote(table)} ALTER COLUMN ${quote(column.name)} DROP NOT NULL`)];
}

const furtherColumn = (quote: Quote, s: StatementOf<"addColumn">): readonly Command[] => [
  ...afterColumn(quote, s.table, s.column),
  ...keptOfColumn(quote, s).after,
];

/**
 * One ALTER TABLE. The default goes before the type changes and comes back after it, because the server would convert the old
 * default and may be unable to.
 */
function alterColumn(quote: Quote, s: AlterColumn): readonly Command[] {
  const { table, before, after } = s;
  const numbering = (c: Column) => Boolean(c.autoIncrement);
  const retyped = before.type !== after.type || before.collation !== after.collation || s.using !== undefined;
  const clauses = alterClauses(quote, s, retyped);
  const statement = (parts: readonly string[]): readonly Command[] =>
    parts.length === 0 ? [] : [execute(`ALTER TABLE ${quote(table)}\n${stacked(parts)}`)];
  return [
    ...statement(noLonger(`ALTER COLUMN ${quote(after.name)}`, s)),
    ...(numbering(before) && !numbering(after) ? [stopNumbering(quote, table, before.name)] : []),
    ...statement(clauses),
    // By itself, because PostgreSQL 12 looks at the type that the column has before the statement.
    ...statement(
      identityClauses(`ALTER COLUMN ${quote(after.name)}`, before.identity, { after: after.identity, quote }),
    ),
    ...(!numbering(before) && numbering(after) ? numberColumn(quote, table, after) : []),
    ...(!before.identity && after.identity
      ? [...newSequence(quote, table, after), ...numberOn(quote, table, after)]
      : []),
    ...((numbering(before) && numbering(after)) || (before.identity && after.identity)
      ? tellSequence(quote, table, { before, after })
      : []),
    ...(before.options || after.options ? alterColumnOptions(quote, table, { before, after, retyped }) : []),
    ...(before.comment === after.comment
      ? []
      : [execute(setComment(quote, { table, column: after.name, ...commentOf(after) }))]),
    ...keptOfColumn(quote, { table, column: after, ...(s.again && { again: s.again }) }).after,
  ];
}

/** What keeps a column from taking another type: USING while it is computed, a type that does not count while it is numbered. */
const noLonger = (at: string, { before, after }: AlterColumn): readonly string[] => [
  ...(before.generated && !after.generated ? [`${at} DROP EXPRESSION`] : []),
  ...(before.identity && !after.identity ? [`${at} DROP IDENTITY`] : []),
];

function alterClauses(quote: Quote, { before, after, using }: AlterColumn, retyped: boolean): readonly string[] {
  const at = `ALTER COLUMN ${quote(after.name)}`;
  const dropsDefault =
    before.default !== undefined && !before.autoIncrement && (retyped || before.default !== after.default);
  const setsDefault =
    after.default !== undefined &&
    !after.autoIncrement &&
    (retyped || before.autoIncrement || before.default !== after.default);
  const expression = using ?? conversionOf(quote, before, after);
  return [
    ...(dropsDefault ? [`${at} DROP DEFAULT`] : []),
    ...(retyped
      ? [
          words(
            `${at} TYPE ${after.type}`,
            after.collation !== undefined && `COLLATE ${quote(after.collation)}`,
            expression !== undefined && `USING ${expression}`,
          ),
        ]
      : []),
    ...(setsDefault ? [`${at} SET DEFAULT ${after.default}`] : []),
    ...(before.nullable === after.nullable ? [] : [`${at} ${after.nullable ? "DROP" : "SET"} NOT NULL`]),
  ];
}

function identityClauses(
  at: string,
  before: Identity | undefined,
  { after, quote }: { readonly after: Identity | undefined; readonly quote: Quote },
): readonly string[] {
  if (!after) return [];
  if (!before) return [`${at} ADD ${identityClause(quote, after)}`];
  const changes = [
    ...(Boolean(after.always) === Boolean(before.always)
      ? []
      : [`GENERATED ${after.always ? "ALWAYS" : "BY DEFAULT"}`]),
    ...sequenceChanges(before, after),
  ];
  // In one clause, because each is checked by itself: a start below the least number is refused.
  return changes.length === 0 ? [] : [words(at, ...changes.map((change) => `SET ${change}`))];
}

const commentOf = ({ comment }: Column) => (comment === undefined ? {} : { comment });

function setComment(quote: Quote, s: Omit<StatementOf<"setComment">, "kind">): string {
  const { table, column, index, constraint, comment } = s;
  const on =
    constraint !== undefined
      ? `CONSTRAINT ${quote(constraint)} ON ${quote(table)}`
      : index !== undefined
        ? `INDEX ${quote(beside(table, index))}`
        : column !== undefined
          ? `COLUMN ${quote(table)}.${quote(column)}`
          : `TABLE ${quote(table)}`;
  return `COMMENT ON ${on} IS ${comment === undefined ? "NULL" : stringLiteral(comment)}`;
}

/** The constraint keeps the name it got when the table was called something else, so it is looked up. */
function dropPrimaryKey(quote: Quote, table: string): string {
  return doBlock([
    "BEGIN",
    "  EXECUTE (",
    "    SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::REGCLASS, conname)",
    "    FROM pg_catalog.pg_constraint",
    `    WHERE contype = 'p' AND conrelid = ${regclass(quote, table)}`,
    "  );",
    "END",
  ]);
}
