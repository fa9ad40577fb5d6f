import { execute, type Renderers } from "../../core/ddl/dialect.ts";
import { objectRenderers } from "../../core/ddl/objects.ts";
import { lines, nameList, words } from "../../core/ddl/sql.ts";
import { ToolError } from "../../core/errors.ts";
import { objectTitle, plainObjectName } from "../../core/schema/managed.ts";
import type { ManagedObject, View } from "../../core/schema/model.ts";
import { withoutEnd } from "../../core/schema/sql-text.ts";
import { quote, stringLiteral } from "./quote.ts";
import { tokenize } from "./tokens.ts";

/** What makes views. They have no comments, so there is nothing to do about these. */
export const viewRenderers: Pick<Renderers, "createView" | "replaceView" | "dropView" | "commentView"> = {
  createView: ({ view }) => [execute(createView(view, "CREATE"))],
  replaceView: ({ after }) => [execute(createView(after, "CREATE OR REPLACE"))],
  dropView: ({ view }) => [execute(`DROP VIEW ${quote(view.name)}`)],
  commentView: () => [],
};

/** Functions, procedures, triggers and events; `replaces`: one takes the place of another in one statement. */
export const objectRenderersWith = (replaces: boolean) =>
  objectRenderers({
    title: "MySQL",
    dropped: (object) =>
      Object.hasOwn(dropWords, object.kind)
        ? `DROP ${dropWords[object.kind]} ${quote(plainObjectName(object))}`
        : undefined,
    foreign: ({ definition, kind }) => foreignTo(kind, definition),
    ...(replaces && {
      replacing: (definition) => definition.replace(/^\s*CREATE\s+(?:OR\s+REPLACE\s+)?/i, "CREATE OR REPLACE "),
    }),
    described,
  });

const dropWords: Readonly<Record<string, string>> = {
  function: "FUNCTION",
  procedure: "PROCEDURE",
  trigger: "TRIGGER",
  event: "EVENT",
};

/** Triggers have no comments. */
function described(object: ManagedObject): string {
  if (object.kind === "trigger")
    throw new ToolError(
      "unsupported",
      `MySQL and MariaDB keep no comment of ${objectTitle(object)}; write it into its body`,
      { kind: object.kind, name: object.name },
    );
  return `ALTER ${dropWords[object.kind] ?? ""} ${quote(plainObjectName(object))} COMMENT ${stringLiteral(object.comment ?? "")}`;
}

/** Why a text is for another database. */
function foreignTo(kind: string, definition: string): string | undefined {
  const all = tokenize(definition).map(({ value }) => value);
  const has = (...wanted: readonly string[]): boolean =>
    all.some((_, i) => wanted.every((word, j) => all[i + j] === word));
  if (/\$\w*\$/.test(definition)) return "a body there is not a text between dollars";
  if (kind === "trigger" && has("execute", "function")) return "a trigger there has its statements in itself";
  if (kind === "trigger" && !has("for", "each", "row")) return "a trigger there says FOR EACH ROW";
  if ((kind === "function" || kind === "procedure") && has("language") && !has("language", "sql"))
    return "functions and procedures there are written in SQL";
  return undefined;
}

function createView(view: View, how: string): string {
  if (view.materialized)
    throw new ToolError("unsupported", `MySQL and MariaDB have no materialized views; "${view.name}" is one`, {
      view: view.name,
    });
  const { algorithm, definer, security_invoker: invoker, check_option: check, ...others } = view.options ?? {};
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw unknownOption(view, unknown);
  return lines(
    words(
      how,
      algorithm !== undefined && `ALGORITHM = ${word(view, "algorithm", algorithm)}`,
      definer !== undefined && `DEFINER = ${definer}`,
      invoker !== undefined && `SQL SECURITY ${/^(?:true|on|1)$/i.test(invoker) ? "INVOKER" : "DEFINER"}`,
      `VIEW ${quote(view.name)}`,
      view.columns && nameList(quote, view.columns),
      "AS",
    ),
    withoutEnd(view.query),
    check !== undefined && `WITH ${word(view, "check_option", check)} CHECK OPTION`,
  );
}

const values: Readonly<Record<string, readonly string[]>> = {
  algorithm: ["UNDEFINED", "MERGE", "TEMPTABLE"],
  check_option: ["LOCAL", "CASCADED"],
};

function word({ name }: View, option: string, value: string): string {
  const known = values[option] ?? [];
  if (known.includes(value.toUpperCase())) return value.toUpperCase();
  const list = known.map((each) => each.toLowerCase()).join(", ");
  throw new ToolError("params", `option "${option}" of view "${name}" is "${value}"; it is one of ${list}`, {
    view: name,
    option,
  });
}

const unknownOption = ({ name }: View, option: string): ToolError =>
  new ToolError(
    "unsupported",
    `view "${name}" has the option "${option}", which views of MySQL and MariaDB do not have; they have algorithm, security_invoker, check_option and definer`,
    { view: name, option },
  );
