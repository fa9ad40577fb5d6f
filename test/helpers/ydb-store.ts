import { Database } from "bun:sqlite";
import type { Answer, Answers, Cell, Objects } from "./ydb-double.ts";

/** What a YDB would keep, as far as runs of migrations need it: rows in SQLite, and what the scheme tells of tables. */
export interface YdbStore {
  readonly answers: Answers;
  readonly objects: Objects;
}

type Table = Extract<Exclude<Objects[string], string>, { readonly $typeName?: never }>;
type Columns = NonNullable<Table["columns"]>;

/** Takes the statements that godwit writes for itself and for simple tables; all else is refused as a syntax error. */
export function ydbStore(): YdbStore {
  const rows = new Database(":memory:");
  const objects: Record<string, Table> = {};
  const answers: Answers = (sql, parameters) => {
    try {
      if (/^(?:BEGIN|COMMIT|ROLLBACK)$/.test(sql)) rows.run(sql);
      else if (/^(?:CREATE|ALTER|DROP) /.test(sql)) changeScheme(sql, rows, objects);
      else return query(sql, parameters, rows);
      return undefined;
    } catch (error) {
      return refusalOf(String((error as Error).message));
    }
  };
  return { answers, objects };
}

function refusalOf(message: string): Answer {
  if (/UNIQUE constraint/.test(message)) return refuse("PRECONDITION_FAILED", "Conflict with existing key.");
  if (/no such table/.test(message))
    return refuse("SCHEME_ERROR", "Cannot find table because it does not exist or you do not have access permissions.");
  if (/already exists/.test(message))
    return refuse("GENERIC_ERROR", "Check failed: error: path exist, request accepts it");
  return refuse("GENERIC_ERROR", `mismatched input: ${message}`);
}

const refuse = (status: "PRECONDITION_FAILED" | "SCHEME_ERROR" | "GENERIC_ERROR", message: string): Answer => ({
  status,
  issues: [{ message }],
});

/** What YQL has in its own way, as SQLite has it; times are microseconds. */
function query(sql: string, parameters: Readonly<Record<string, unknown>>, rows: Database): Answer {
  const text = sql
    .replace(
      /'((?:[^'\\]|\\.)*)'u?/g,
      (_, inner: string) => `'${inner.replaceAll("\\'", "''").replaceAll("\\n", "\n")}'`,
    )
    .replace(/\b(\d+)(?:ul|l|u|s)\b/g, "$1")
    .replaceAll("CurrentUtcTimestamp()", String(Date.now() * 1000))
    .replaceAll("Version()", "'stable-25-1-4'")
    .replaceAll(" AS Utf8)", " AS TEXT)")
    .replace(/^UPSERT INTO/, "INSERT OR REPLACE INTO");
  const used = Object.fromEntries(Object.entries(parameters).filter(([name]) => text.includes(name)));
  const statement = rows.query(text);
  if (statement.columnNames.length === 0) return { changes: statement.run(used as Record<string, string>).changes };
  return (statement.all(used as Record<string, string>) as Record<string, unknown>[]).map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, cellOf(value)])),
  );
}

const optional = (typeId: number) =>
  ({ type: { case: "optionalType", value: { item: { type: { case: "typeId", value: typeId } } } } }) as const;

function cellOf(value: unknown): Cell {
  if (value === null) return [optional(4608), { value: { case: "nullFlagValue", value: 0 } }];
  if (typeof value === "number") return [optional(3), { value: { case: "int64Value", value: BigInt(value) } }];
  return [optional(4608), { value: { case: "textValue", value: String(value) } }];
}

function changeScheme(sql: string, rows: Database, objects: Record<string, Table>): void {
  const [, verb = "", unless, table = "", rest = ""] =
    /^(CREATE|ALTER|DROP) TABLE (IF NOT EXISTS )?`([^`]+)`\s*([\s\S]*)$/.exec(sql) ?? [];
  if (verb === "") throw new Error(sql);
  if (verb === "CREATE") {
    if (unless === undefined || objects[table] === undefined) rows.run(sql.replace(/^\s+INDEX .*\n/gm, ""));
    objects[table] ??= tableOf(rest);
  } else if (verb === "DROP") {
    rows.run(sql);
    delete objects[table];
  } else alter(sql, rest, { rows, objects, table });
}

const types: Readonly<Record<string, number>> = {
  Int32: 1,
  Int64: 3,
  Utf8: 4608,
  Timestamp: 50,
  Serial: 1,
  BigSerial: 3,
};

/** `name` Type NOT NULL */
function columnOf(line: string): Columns[number] {
  const [, name = "", type = "", more = ""] = /^`([^`]+)` (\w+)(.*)$/.exec(line) ?? [];
  const typeId = types[type];
  if (typeId === undefined) throw new Error(`no such type: ${line}`);
  const notNull = more.includes("NOT NULL") || type.endsWith("Serial");
  return {
    name,
    type: notNull ? { type: { case: "typeId", value: typeId } } : optional(typeId),
    notNull,
    ...(type.endsWith("Serial") && { defaultValue: { case: "fromSequence", value: {} } }),
  };
}

const namesIn = (list: string): string[] => [...list.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name);

function tableOf(body: string): Table {
  const lines = body.split("\n").map((line) => line.trim().replace(/,$/, ""));
  return {
    columns: lines.filter((line) => line.startsWith("`")).map(columnOf),
    primaryKey: lines.filter((line) => line.startsWith("PRIMARY KEY")).flatMap(namesIn),
    indexes: lines.filter((line) => line.startsWith("INDEX")).map(indexOf),
  };
}

function indexOf(line: string): NonNullable<Table["indexes"]>[number] {
  const [name = "", ...indexColumns] = namesIn(line);
  const kind = line.includes("UNIQUE SYNC") ? "globalUniqueIndex" : "globalIndex";
  return { name, indexColumns, type: { case: kind, value: {} }, status: 1 };
}

interface Place {
  readonly rows: Database;
  readonly objects: Record<string, Table>;
  readonly table: string;
}

function alter(sql: string, change: string, { rows, objects, table }: Place): void {
  const of = objects[table];
  if (of === undefined) throw new Error("no such table");
  const { columns = [], indexes = [] } = of;
  const [name = ""] = namesIn(change);
  if (change.startsWith("ADD COLUMN")) {
    rows.run(sql.replace(" NOT NULL", ""));
    objects[table] = { ...of, columns: [...columns, columnOf(change.slice("ADD COLUMN ".length))] };
  } else if (change.startsWith("DROP COLUMN")) {
    rows.run(sql);
    objects[table] = { ...of, columns: columns.filter((column) => column.name !== name) };
  } else if (change.startsWith("ADD INDEX")) objects[table] = { ...of, indexes: [...indexes, indexOf(change)] };
  else if (change.startsWith("DROP INDEX"))
    objects[table] = { ...of, indexes: indexes.filter((index) => index.name !== name) };
  else throw new Error(sql);
}
