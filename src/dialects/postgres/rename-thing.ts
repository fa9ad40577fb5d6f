import { type Command, execute } from "../../core/ddl/dialect.ts";
import { beside, localName, namespaceOf } from "../../core/ddl/qualified.ts";
import type { RenameThing } from "../../core/ddl/rename-statements.ts";
import { type Quote, stringLiteral } from "../../core/ddl/sql.ts";
import { doBlock } from "./procedure.ts";

const words: Readonly<Record<RenameThing["what"], string>> = {
  namespace: "SCHEMA",
  enum: "TYPE",
  domain: "DOMAIN",
  sequence: "SEQUENCE",
};

/** Another name, another namespace or both; where both change, it goes by a name of its own in between, because either of theirs may be taken. */
export function renameThing(quote: Quote, { what, from, to }: RenameThing): readonly Command[] {
  const alter = (name: string): string => `ALTER ${words[what]} ${quote(name)}`;
  const rename = (name: string, now: string): Command => execute(`${alter(name)} RENAME TO ${quote(now)}`);
  if (what === "namespace" || namespaceOf(from) === namespaceOf(to)) return [rename(from, localName(to))];
  if (localName(from) === localName(to)) return [execute(moved(quote, alter(from), to))];
  const onTheWay = beside(from, "godwit_moving");
  return [
    rename(from, localName(onTheWay)),
    execute(moved(quote, alter(onTheWay), to)),
    rename(beside(to, localName(onTheWay)), localName(to)),
  ];
}

/** The namespace in which a connection begins has a name that only the connection knows. */
function moved(quote: Quote, alter: string, to: string): string {
  const namespace = namespaceOf(to);
  const move = `${alter} SET SCHEMA`;
  if (namespace !== undefined) return `${move} ${quote(namespace)}`;
  return doBlock(["BEGIN", `  EXECUTE ${stringLiteral(`${move} `)} || quote_ident(current_schema());`, "END"]);
}
