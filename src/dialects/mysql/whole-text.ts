import type { Row } from "../../core/ddl/dialect.ts";
import { quote } from "./quote.ts";

type Rows = Readonly<Record<string, readonly Row[]>>;

/**
 * MySQL has bodies in its catalog with the texts in them as they are meant, not as they are written: `'it''s'` is `'it's'` there. As they were written, SHOW
 * CREATE has them (https://dev.mysql.com/doc/refman/8.4/en/show-create-procedure.html), one at a time; it is also the only one to tell of a view's algorithm. What has no
 * quotes in it is whole.
 */
export const further = (rows: Rows): Readonly<Record<string, string>> =>
  Object.fromEntries(
    lists.flatMap((list) =>
      (rows[list] ?? [])
        .filter((row) => isPartial(list, row))
        .map((row) => [keyOf(list, row), `SHOW CREATE ${kindOf(list, row)} ${quote(String(row["name"]))}`]),
    ),
  );

/** The rows with what was asked further in its place. */
export function withWholeTexts(rows: Rows): Rows {
  const whole = lists.map((list) => {
    const own = (rows[list] ?? []).map((row) => {
      const shown = isPartial(list, row) ? rows[keyOf(list, row)]?.[0] : undefined;
      return shown ? wholeRow(list, row, shown) : row;
    });
    return [list, own] as const;
  });
  return { ...rows, ...Object.fromEntries(whole) };
}

const lists = ["views", "routines", "triggers", "events"] as const;
type List = (typeof lists)[number];

const isPartial = (list: List, row: Row): boolean =>
  Boolean(row["partly"]) && (list === "views" || /['"]/.test(String(row["body"] ?? "")));

const kindOf = (list: List, row: Row): string =>
  list === "routines" ? String(row["kind"]).toUpperCase() : list.slice(0, -1).toUpperCase();

const keyOf = (list: List, row: Row): string => `${kindOf(list, row)} ${row["name"]}`;

function wholeRow(list: List, row: Row, shown: Row): Row {
  if (list === "views") {
    const algorithm = /^CREATE ALGORITHM=(\w+)/.exec(String(shown["Create View"]))?.[1];
    return algorithm === undefined ? row : { ...row, algorithm };
  }
  const kind = kindOf(list, row);
  const statement =
    shown[kind === "TRIGGER" ? "SQL Original Statement" : `Create ${kind[0]}${kind.slice(1).toLowerCase()}`];
  if (typeof statement !== "string") return { ...row, body: null };
  return { ...row, body: bodyIn(statement, kind, String(row["body"])) };
}

/**
 * Where the body of a statement begins, which the server has put together but for the body (and, of a trigger, wholly as it was written): up to its first text, both
 * are the same. Undefined where it is not found.
 */
function bodyIn(statement: string, kind: string, told: string): string | undefined {
  const start = told.slice(0, told.search(/['"]/)).trimEnd();
  const [before, from] =
    kind === "TRIGGER" ? ["", statement.search(/\bFOR\s+EACH\s+ROW\s/i)] : [kind === "EVENT" ? " DO " : "\n", 0];
  const at = from < 0 ? -1 : statement.indexOf(`${before}${start}`, from);
  return at < 0 ? undefined : statement.slice(at + before.length);
}
