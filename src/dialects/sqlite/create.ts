import { constraintDefinition, foreignKeyConstraint, indexElement } from "../../core/ddl/ansi.ts";
import { block, nameList, words } from "../../core/ddl/sql.ts";
import type { Column, IndexImage, TableImage } from "../../core/ddl/statement.ts";
import { ToolError } from "../../core/errors.ts";
import { isDefaultName } from "../../core/schema/constraints.ts";
import { elementOf } from "../../core/schema/index-fields.ts";
import type { Constraint, IndexElement } from "../../core/schema/model.ts";
import { type Clause, type ClauseKind, clausesOf, columnClause, isAbout, onConflict, spelling } from "./clauses.ts";
import { folded } from "./folded.ts";
import { hasDefaultName, hasOption, isRequired } from "./options.ts";
import { isPlainDefault, quote, quoteInExpression } from "./quote.ts";

/** CREATE TABLE under the name of the image, or another one: a rebuild fills a table before it takes its name. */
export function createTable(table: TableImage, name: string = table.name): string {
  const [key, ...rest] = table.primaryKey ?? [];
  const single = key !== undefined && rest.length === 0;
  const numbered = table.columns.find((c) => c.autoIncrement && !(single && c.name === key));
  if (numbered) throw notNumberable(table.name, numbered.name);
  const options = [
    ...(hasOption(table, "strict") ? ["STRICT"] : []),
    ...(hasOption(table, "without_rowid") ? ["WITHOUT ROWID"] : []),
  ].join(", ");
  const clauses = clausesOf(table);
  const parts = withSaidParts(table, clauses);
  const atColumn = single && isAtColumn(table, clauses);
  const definition = block(`CREATE TABLE ${quote(name)}`, [
    ...table.columns.map((column) => {
      const isKey = table.primaryKey?.includes(column.name);
      const declared = isKey ? { ...column, nullable: !isRequired(table, column.name) } : column;
      return columnDefinition(declared, atColumn && column.name === key && columnKey(table, clauses), clauses);
    }),
    ...(table.primaryKey && !atColumn ? [tableKey(table, clauses)] : []),
    ...parts,
    ...table.foreignKeys.map((foreignKey) => foreignKeyPart(table, foreignKey)),
  ]);
  return words(definition, options);
}

/** Refuses clauses about what the table does not have. Throws ToolError `schema`. */
export function refuseStrayClauses(table: TableImage): void {
  for (const clause of clausesOf(table)) {
    const { kind, elements, check } = clause;
    const columns = elements.map((e) => e.name);
    const constraints = table.constraints ?? [];
    const isThere =
      kind === "UNIQUE"
        ? constraints.some((c) => "unique" in c && isAbout(clause, c.unique))
        : kind === "CHECK"
          ? constraints.some((c) => "check" in c && spelling(c.check) === spelling(check ?? ""))
          : kind === "PRIMARY KEY"
            ? isAbout(clause, table.primaryKey ?? [])
            : columns.every((name) => table.columns.some((c) => folded(c.name) === folded(name)));
    if (!isThere)
      throw new ToolError(
        "schema",
        `option "clauses" of table "${table.name}" has ${kind} (${check ?? columns.join(", ")}), which the table does not have; name the columns as its keys and constraints do`,
        { table: table.name, option: "clauses" },
      );
  }
}

/** A key of one column stands at it, where all can be said there. SQLite sorts INTEGER PRIMARY KEY only there. */
function isAtColumn(table: TableImage, clauses: readonly Clause[]): boolean {
  const sorted = clauses.find(({ kind }) => kind === "PRIMARY KEY")?.elements.find((e) => e.sorted !== "")?.sorted;
  const column = table.columns.find((c) => c.name === table.primaryKey?.[0]);
  return sorted === undefined || (sorted === "DESC" && column?.type.toUpperCase() === "INTEGER");
}

function columnKey(table: TableImage, clauses: readonly Clause[]): string {
  const clause = clauses.find(({ kind }) => kind === "PRIMARY KEY");
  return words(keyName(table), "PRIMARY KEY", clause?.elements[0]?.sorted, onConflict(clause));
}

function tableKey(table: TableImage, clauses: readonly Clause[]): string {
  const clause = clauses.find(({ kind }) => kind === "PRIMARY KEY");
  const list = (table.primaryKey ?? []).map((name) => {
    const said = clause?.elements.find((e) => folded(e.name) === folded(name))?.sorted;
    return words(quote(name), said);
  });
  return words(keyName(table), `PRIMARY KEY (${list.join(", ")})`, onConflict(clause));
}

/** The constraints, each with what its clause says. Of several with the same columns, each has its own. */
function withSaidParts(table: TableImage, clauses: readonly Clause[]): readonly string[] {
  const left = [...clauses];
  const take = (found: (clause: Clause) => boolean): Clause | undefined => {
    const at = left.findIndex(found);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  return (table.constraints ?? []).map((constraint) => {
    const sql = constraintPart(table, constraint);
    if ("check" in constraint) {
      const text = spelling(constraint.check);
      return words(sql, onConflict(take(({ kind, check = "" }) => kind === "CHECK" && spelling(check) === text)));
    }
    if (!("unique" in constraint)) return sql;
    const clause = take((c) => c.kind === "UNIQUE" && isAbout(c, constraint.unique));
    const list = constraint.unique.map((name, i) => words(quote(name), clause?.elements[i]?.sorted)).join(", ");
    return words(
      sql.replace(nameList(quote, constraint.unique), () => `(${list})`),
      onConflict(clause),
    );
  });
}

/** SQLite has no use for the name of a constraint but to show it; one that nobody gave is left out. */
function constraintPart(table: TableImage, constraint: Constraint): string {
  if (
    "exclude" in constraint ||
    "include" in constraint ||
    "nullsNotDistinct" in constraint ||
    "deferrable" in constraint
  )
    throw lacking(`constraint "${constraint.name}" of table "${table.name}"`);
  const sql = constraintDefinition(quote, constraint);
  const fields = table.columns.map((column) => column.name);
  const unnamed = !hasOption(table, "named_keys") && isDefaultName(table.name, constraint, fields);
  return unnamed ? sql.replace(`CONSTRAINT ${quote(constraint.name)} `, "") : sql;
}

/** An access method does not exist in SQLite and is left out: an index of another kind is still an index. */
export function createIndex(table: string, index: IndexImage): string {
  if (index.include || index.nullsNotDistinct || index.with || index.fields.some((f) => elementOf(f).operatorClass))
    throw lacking(`index "${index.name}" of table "${table}"`);
  return words(
    `CREATE ${index.unique ? "UNIQUE " : ""}INDEX ${quote(index.name)} ON ${quote(table)}`,
    `(${index.fields.map((field) => element(elementOf(field))).join(", ")})`,
    index.where && `WHERE ${index.where}`,
  );
}

/** Unlike other databases, SQLite takes an expression without parentheses around it. */
const element = (field: IndexElement): string =>
  field.expression === undefined
    ? indexElement(quoteInExpression, field)
    : indexElement((name) => (name === "" ? (field.expression ?? "") : quote(name)), { ...nameless(field), field: "" });

const nameless = ({ expression: _, ...rest }: IndexElement): IndexElement => rest;

/** A column inside CREATE TABLE or ADD COLUMN, perhaps with what makes it the key. One that numbers itself has to be that. */
export function columnDefinition(column: Column, key: string | false = false, clauses: readonly Clause[] = []): string {
  if (column.identity)
    throw new ToolError("unsupported", `SQLite has no identity columns; use type serial for "${column.name}"`, {
      field: column.name,
    });
  const said = (kind: ClauseKind, sql: string): string =>
    clauses.length === 0 ? sql : withClause(columnClause(clauses, kind, column.name), sql);
  return words(
    quote(column.name),
    column.autoIncrement ? "INTEGER" : column.type,
    !column.nullable && said("NOT NULL", "NOT NULL"),
    key,
    column.autoIncrement && "AUTOINCREMENT",
    column.collation !== undefined && said("COLLATE", `COLLATE ${quote(column.collation)}`),
    column.generated &&
      `GENERATED ALWAYS AS (${column.generated.as}) ${column.generated.stored ? "STORED" : "VIRTUAL"}`,
    column.default !== undefined &&
      said("DEFAULT", `DEFAULT ${isPlainDefault(column.default) ? column.default : `(${column.default})`}`),
  );
}

const withClause = (clause: Clause | undefined, sql: string): string =>
  words(
    clause?.label !== undefined && `CONSTRAINT ${quote(clause.label)}`,
    sql,
    clause?.kind === "NOT NULL" && onConflict(clause),
  );

const lacking = (what: string): ToolError =>
  new ToolError(
    "unsupported",
    `SQLite has no exclusion constraints, included fields, operator classes, storage parameters, equal NULLs, or unique constraints that wait for the end of a transaction; ${what} has one of these`,
    { what },
  );

/** Without columns a foreign key points at the primary key. A name that it has by default is left out. */
function foreignKeyPart(table: TableImage, key: TableImage["foreignKeys"][number]): string {
  const isDefault = !hasOption(table, "named_keys") && hasDefaultName(table.name, key);
  const { name, ...unnamed } = key;
  const sql = foreignKeyConstraint(quote, isDefault || name === undefined ? unnamed : key);
  return key.referencedColumns.length > 0
    ? sql
    : sql.replace(`REFERENCES ${quote(key.table)} ()`, () => `REFERENCES ${quote(key.table)}`);
}

const keyName = ({ primaryKeyName }: TableImage): string | false =>
  primaryKeyName !== undefined && `CONSTRAINT ${quote(primaryKeyName)}`;

function notNumberable(table: string, column: string): ToolError {
  return new ToolError(
    "unsupported",
    `SQLite numbers a column only when it alone is the primary key; "${column}" of table "${table}" is not: use type integer for it, or make it the key`,
    { table, field: column },
  );
}
