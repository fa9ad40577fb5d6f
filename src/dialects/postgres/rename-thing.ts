import { type Command, execute } from "../../core/ddl/dialect.ts";
import { beside, localName, namespaceOf } from "../../core/ddl/qualified.ts";
import type { RenameThing } from "../../core/ddl/rename-statements.ts";
import { type Quote, stringLiteral } from "../../core/ddl/sql.ts";
import { objectName } from "../../core/schema/names.ts";
import { doBlock } from "./procedure.ts";

const words: Readonly<Record<RenameThing["what"], string>> = {
  namespace: "SCHEMA",
  enum: "TYPE",
  domain: "DOMAIN",
  sequence: "SEQUENCE",
};

/** Another name, another namespace or both; where both change, it goes by a name of its own in between, because either of theirs may be taken. */
export function renameThing(quote: Quote, s: RenameThing): readonly Command[] {
  return [...renamed(quote, s), ...(s.what === "domain" ? notNullAfterDomain(quote, s) : [])];
}

function renamed(quote: Quote, { what, from, to }: RenameThing): readonly Command[] {
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

/** Since version 17 it is a constraint that a domain is NOT NULL, whose usual name does not follow. */
function notNullAfterDomain(quote: Quote, { from, to }: RenameThing): readonly Command[] {
  const [old, now] = [from, to].map((name) => objectName(localName(name), [], "not_null"));
  if (old === undefined || now === undefined || old === now) return [];
  const type = stringLiteral(quote(to));
  return [
    execute(
      doBlock([
        "BEGIN",
        `  IF EXISTS (SELECT FROM pg_catalog.pg_constraint WHERE contypid = ${type}::REGTYPE AND contype = 'n' AND conname = ${stringLiteral(old)}) THEN`,
        `    ALTER DOMAIN ${quote(to)} RENAME CONSTRAINT ${quote(old)} TO ${quote(now)};`,
        "  END IF;",
        "END",
      ]),
    ),
  ];
}
