import { type ObjectKinds, type ObjectStatements, objectRenderers } from "../../core/ddl/objects.ts";
import { unmarked } from "../../core/ddl/qualified.ts";
import { type Quote, stringLiteral } from "../../core/ddl/sql.ts";
import { isRoutine, plainObjectName } from "../../core/schema/managed.ts";
import type { ManagedObject } from "../../core/schema/model.ts";
import { splitScript } from "../../core/sql-files/split.ts";
import { keptOfObject } from "./kept.ts";
import { replacedInPlace } from "./replace-object.ts";
import { scriptSyntax } from "./script-syntax.ts";

/** https://www.postgresql.org/docs/current/sql-commands.html: nearly everything is dropped and described as it is made. */
export const objectsFor = (quote: Quote): ObjectStatements => objectRenderers(objectKinds(quote));

export const objectKinds = (quote: Quote): ObjectKinds => ({
  title: "PostgreSQL",
  dropped: (object) => {
    if (object.kind === "grant") return revocation(object);
    return notThere.has(object.kind) ? undefined : `DROP ${objectAddress(quote, object)}`;
  },
  foreign: ({ kind, definition }) =>
    kind === "trigger" && !/\bexecute\s+(?:function|procedure)\b/i.test(definition)
      ? "a trigger there calls a function: EXECUTE FUNCTION name()"
      : undefined,
  replacing: (definition) => definition.replace(/^(\s*create)(?:\s+or\s+replace)?(?=\s)/i, "$1 OR REPLACE"),
  inPlace: (s) => replacedInPlace(quote, s),
  statements: (definition) => splitScript(definition, scriptSyntax).map(({ text }) => text),
  kept: (object) => keptOfObject(quote, object),
  unlooked: ({ kind, definition }) =>
    isRoutine({ kind }) && /\blanguage\s+'?sql\b/i.test(definition)
      ? { before: "SET LOCAL check_function_bodies = off", after: "SET LOCAL check_function_bodies TO DEFAULT" }
      : undefined,
  described: (object) =>
    `COMMENT ON ${objectAddress(quote, object)} IS ${object.comment === undefined ? "NULL" : stringLiteral(object.comment)}`,
});

/** How DROP and COMMENT call an object: `FUNCTION "area"(numeric, numeric)`, `TRIGGER "noted" ON "posts"`, `CAST (text AS money)`. */
function objectAddress(quote: Quote, object: ManagedObject): string {
  const { kind, name, table } = object;
  const words = typeWords[kind] ?? kind.replaceAll("_", " ").toUpperCase();
  if (kind === "cast") return `CAST (${unmarked(name)})`;
  if (kind === "operator") return `OPERATOR ${unmarked(name)}`;
  const parameters = /\([\s\S]*\)\s*$/.exec(name)?.[0] ?? "";
  return `${words} ${quote(plainObjectName(object))}${parameters}${table === undefined || !ofTables.has(kind) ? "" : ` ON ${quote(table)}`}`;
}

/** What takes back a grant to one role, or gives back what was taken from it; `undefined` for what is neither. */
function revocation({ definition }: ManagedObject): string | undefined {
  const [, taken, from] = /^\s*REVOKE\s+([\s\S]*)\s+FROM\s+([\s\S]*?)\s*$/i.exec(definition) ?? [];
  if (taken !== undefined) return `GRANT ${taken} TO ${from}`;
  const [, on, to] = /^\s*GRANT\s[\s\S]*?\sON\s+([^;]*?)\s+TO\s+("(?:[^"]|"")+"|[^\s;]+)/i.exec(definition) ?? [];
  return on === undefined ? undefined : `REVOKE ALL ON ${on} FROM ${to}`;
}

/** Kinds whose names are local to a table. */
const ofTables: ReadonlySet<string> = new Set(["trigger", "policy", "rule"]);

/** What other databases have. */
const notThere: ReadonlySet<string> = new Set(["virtual_table", "event"]);

const typeWords: Readonly<Record<string, string>> = { composite_type: "TYPE", range_type: "TYPE", base_type: "TYPE" };
