import { ToolError } from "../errors.ts";
import { objectTitle } from "../schema/managed.ts";
import type { Command, Dialect, Renderer } from "./dialect.ts";
import { qualify } from "./qualify.ts";
import type { Statement } from "./statement.ts";

/**
 * The commands that carry out a statement, whose names may be in one of the namespaces. Throws ToolError `unsupported` when the database has
 * nothing like it.
 */
export function renderStatement(
  statement: Statement,
  dialect: Dialect,
  namespaces: readonly string[] = [],
): readonly Command[] {
  const renderer = dialect.render[statement.kind];
  const lack = dialect.lack?.(statement);
  if (typeof renderer === "function" && lack === undefined) {
    const said = dialect.capabilities.namespaces ? qualify(statement, namespaces) : statement;
    return (renderer as Renderer<Statement>)(said);
  }
  const table = tableOf(statement);
  const on =
    managedTitle(statement) ?? namespaceTitle(statement) ?? (table === undefined ? "" : ` on table "${table}"`);
  throw new ToolError(
    "unsupported",
    `${dialect.title} cannot ${inWords(statement.kind)}${on}: ${lack ?? (typeof renderer === "function" ? "" : renderer.unsupported)}`,
    {
      dialect: dialect.name,
      statement: statement.kind,
      table,
    },
  );
}

/** What a statement about a view or a managed object is about. */
function managedTitle(statement: Statement): string | undefined {
  if ("view" in statement) return ` "${statement.view.name}"`;
  if (statement.kind === "replaceView") return ` "${statement.after.name}"`;
  if ("object" in statement) return ` (${objectTitle(statement.object)})`;
  return statement.kind === "replaceObject" ? ` (${objectTitle(statement.after)})` : undefined;
}

/** What no table is part of. */
const namespaceTitle = (statement: Statement): string | undefined =>
  statement.kind === "createNamespace" || statement.kind === "dropNamespace" || statement.kind === "commentNamespace"
    ? ` "${statement.name}"`
    : undefined;

function tableOf(statement: Statement): string | undefined {
  if ("table" in statement) return typeof statement.table === "string" ? statement.table : statement.table.name;
  if (statement.kind === "rebuildTable" || statement.kind === "alterOptions") return statement.before.name;
  return statement.kind === "renameTable" ? statement.from : undefined;
}

/** `addForeignKey` → `add foreign key`. */
const inWords = (kind: Statement["kind"]): string =>
  kind === "sql" ? "run SQL" : kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
