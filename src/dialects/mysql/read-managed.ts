import type { Row, UnsupportedObject } from "../../core/ddl/dialect.ts";
import { lines, words } from "../../core/ddl/sql.ts";
import type { ManagedObject, View } from "../../core/schema/model.ts";
import { characterSet } from "./character-set.ts";
import { namesIn } from "./query.ts";
import { quote, stringLiteral } from "./quote.ts";
import { readableQuery } from "./readable-query.ts";
import { isBare } from "./reserved.ts";
import { canonicalType } from "./types.ts";

type Rows = Readonly<Record<string, readonly Row[]>>;

/** The views that rows of the catalog tell of. What the server has made of their text, people can read. */
export const viewsOf = (rows: Rows): readonly View[] => {
  const columns = Map.groupBy(rows["columns"] ?? [], (column) => column["table"]);
  const readable = (rows["views"] ?? []).filter((row) => text(row, "query") !== "");
  return readable.map((row) => viewOf(row, columns.get(row["name"]) ?? []));
};

/** MySQL has the names of a view's columns apart from its query. */
function viewOf(row: Row, columns: readonly Row[]): View {
  const names = columns.filter((column) => column["expressions_escaped"]).map((column) => text(column, "name"));
  const isNamed = names.length > 0 && namesIn(text(row, "query")).join("\0") !== names.join("\0");
  const algorithm = text(row, "algorithm").toLowerCase();
  const check = text(row, "check_option").toLowerCase();
  const options = {
    ...(algorithm !== "undefined" && algorithm !== "" && { algorithm }),
    ...(row["security"] === "INVOKER" && { security_invoker: "true" }),
    ...(check !== "none" && check !== "" && { check_option: check }),
  };
  return {
    name: text(row, "name"),
    ...(isNamed && { columns: names }),
    query: readableQuery(text(row, "query"), text(row, "home")),
    ...(Object.keys(options).length > 0 && { options }),
  };
}

/** Functions and procedures, triggers in the order in which they fire, and events. */
export const objectsOf = (rows: Rows): readonly ManagedObject[] => [
  ...(rows["routines"] ?? []).filter(isReadable).map((row) => routineOf(row, rows["parameters"] ?? [])),
  ...(rows["triggers"] ?? []).filter(isReadable).map((row, i, all) => triggerOf(row, all[i - 1])),
  ...(rows["events"] ?? []).filter(isReadable).map(eventOf),
];

/** Whose text cannot be read, or would mean something else in a session of godwit. */
export const unreadable = (rows: Rows): readonly UnsupportedObject[] => [
  ...(rows["views"] ?? [])
    .filter((row) => text(row, "query") === "")
    .map((row) => ({ kind: "view", object: text(row, "name"), reason: hidden })),
  ...["routines", "triggers", "events"].flatMap((list) =>
    (rows[list] ?? []).flatMap((row): readonly UnsupportedObject[] => {
      const reason = fault(row);
      const kind = list === "routines" ? text(row, "kind") : list.slice(0, -1);
      const place = list === "triggers" ? { table: text(row, "table") } : {};
      return reason === undefined ? [] : [{ kind, object: text(row, "name"), ...place, reason }];
    }),
  ),
];

const isReadable = (row: Row): boolean => fault(row) === undefined;

function fault(row: Row): string | undefined {
  if (row["body"] === null) return hidden;
  if (row["body"] === undefined) return "its text is not found in what the server says of it";
  if (!["", "function", "procedure"].includes(text(row, "kind")))
    return `a ${text(row, "kind")} is not part of a schema`;
  if (!["", "SQL"].includes(text(row, "language"))) return `it is written in ${text(row, "language")}`;
  const mode = text(row, "mode")
    .split(",")
    .find((word) => otherwise.has(word));
  return mode === undefined ? undefined : `its text is read under the sql_mode ${mode}, which godwit does not set`;
}

const hidden = "its text is hidden from the user of the connection";

/** Under these, the same text means something else (https://mariadb.com/kb/en/sql-mode/). */
const otherwise = new Set([
  "ANSI_QUOTES",
  "PIPES_AS_CONCAT",
  "NO_BACKSLASH_ESCAPES",
  "HIGH_NOT_PRECEDENCE",
  "ORACLE",
  "MSSQL",
  "ANSI",
]);

function routineOf(row: Row, all: readonly Row[]): ManagedObject {
  const kind = text(row, "kind");
  const own = all.filter((p) => p["kind"] === kind && p["routine"] === row["name"]);
  const parameters = own.map((p) =>
    words(
      kind === "procedure" && p["direction"] !== "IN" && text(p, "direction"),
      name(text(p, "name")),
      typed(p, "type", row["usual"]),
    ),
  );
  const access = text(row, "access");
  const definition = lines(
    words(
      `CREATE ${kind.toUpperCase()} ${name(text(row, "name"))}(${parameters.join(", ")})`,
      kind === "function" && `RETURNS ${typed(row, "returns", row["usual"])}`,
    ),
    Boolean(row["deterministic"]) && "  DETERMINISTIC",
    access !== "CONTAINS SQL" && `  ${access}`,
    row["security"] === "INVOKER" && "  SQL SECURITY INVOKER",
    text(row, "body"),
  );
  return { kind, name: text(row, "name"), definition, ...commentOf(row) };
}

/** A collation that is not that of the database is part of the type. */
const typed = (row: Row, column: string, usual: unknown): string => {
  const { collation } = row;
  const own = typeof collation === "string" && collation !== usual;
  return words(
    canonicalType(text(row, column)),
    own && `CHARACTER SET ${characterSet(collation)} COLLATE ${collation}`,
  );
};

function triggerOf(row: Row, before: Row | undefined): ManagedObject {
  const same = (column: string): boolean => before?.[column] === row[column];
  const follows = same("table") && same("timing") && same("event");
  const definition = words(
    `CREATE TRIGGER ${name(text(row, "name"))} ${text(row, "timing")} ${text(row, "event")} ON ${name(text(row, "table"))} FOR EACH ROW`,
    before && follows && `FOLLOWS ${name(text(before, "name"))}`,
    text(row, "body"),
  );
  return { kind: "trigger", name: text(row, "name"), table: text(row, "table"), definition };
}

function eventOf(row: Row): ManagedObject {
  const moment = (word: string, column: string): string | false =>
    typeof row[column] === "string" && `${word} ${stringLiteral(text(row, column))}`;
  const schedule =
    row["at"] === null
      ? words(`EVERY ${text(row, "number")} ${text(row, "unit")}`, moment("STARTS", "starts"), moment("ENDS", "ends"))
      : moment("AT", "at");
  const definition = lines(
    words(`CREATE EVENT ${name(text(row, "name"))} ON SCHEDULE`, schedule),
    row["completion"] === "PRESERVE" && "  ON COMPLETION PRESERVE",
    text(row, "status") !== "ENABLED" && "  DISABLE",
    `DO ${text(row, "body")}`,
  );
  return { kind: "event", name: text(row, "name"), definition, ...commentOf(row) };
}

const commentOf = (row: Row): { readonly comment?: string } =>
  text(row, "comment") === "" ? {} : { comment: text(row, "comment") };

/** With quotes where it needs them. */
const name = (plain: string): string => (isBare(plain) ? plain : quote(plain));

const text = (row: Row, column: string): string => String(row[column] ?? "");
