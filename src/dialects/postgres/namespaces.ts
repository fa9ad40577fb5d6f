import { type Command, execute, type Renderers } from "../../core/ddl/dialect.ts";
import { beside, localName, namespaceOf } from "../../core/ddl/qualified.ts";
import { type Quote, stringLiteral } from "../../core/ddl/sql.ts";
import type { StatementOf } from "../../core/ddl/statement.ts";
import { namesAfterTable } from "./following-names.ts";
import { doBlock } from "./procedure.ts";

/** What PostgreSQL calls schemas. */
export function namespaceRenderers(
  quote: Quote,
): Pick<Renderers, "createNamespace" | "dropNamespace" | "commentNamespace"> {
  const comment = (name: string, text: string | undefined): Command =>
    execute(`COMMENT ON SCHEMA ${quote(name)} IS ${text === undefined ? "NULL" : stringLiteral(text)}`);
  return {
    createNamespace: (s) => [
      execute(`CREATE SCHEMA ${quote(s.name)}`),
      ...(s.comment === undefined ? [] : [comment(s.name, s.comment)]),
    ],
    dropNamespace: (s) => [execute(`DROP SCHEMA ${quote(s.name)}`)],
    commentNamespace: (s) => [comment(s.name, s.comment)],
  };
}

/**
 * Gives a table another name, another namespace or both. Either of the names in between may be taken, so that a table that changes both goes
 * by a name of its own; and what is called after it gets its name on whichever side that is free.
 */
export function moveTable(quote: Quote, s: StatementOf<"renameTable">): readonly Command[] {
  const { from, to } = s;
  if (namespaceOf(from) === namespaceOf(to)) return [rename(quote, from, localName(to)), ...namesAfterTable(quote, s)];
  if (localName(from) === localName(to)) return [setNamespace(quote, from, to)];
  const onTheWay = beside(from, "godwit_moving");
  return [
    rename(quote, from, localName(onTheWay)),
    ...namesAfterTable(quote, { ...s, to: beside(from, localName(to)) }, onTheWay),
    setNamespace(quote, onTheWay, to),
    rename(quote, beside(to, localName(onTheWay)), localName(to)),
    ...namesAfterTable(quote, { ...s, from: beside(to, localName(from)) }),
  ];
}

const rename = (quote: Quote, table: string, to: string): Command =>
  execute(`ALTER TABLE ${quote(table)} RENAME TO ${quote(to)}`);

/** The one in which a connection begins has a name that only the connection knows. */
function setNamespace(quote: Quote, table: string, to: string): Command {
  const namespace = namespaceOf(to);
  const move = `ALTER TABLE ${quote(table)} SET SCHEMA`;
  if (namespace !== undefined) return execute(`${move} ${quote(namespace)}`);
  return execute(doBlock(["BEGIN", `  EXECUTE ${stringLiteral(`${move} `)} || quote_ident(current_schema());`, "END"]));
}
