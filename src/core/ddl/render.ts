import { ToolError } from "../errors.ts";
import { objectTitle } from "../schema/managed.ts";
import type { Command, Dialect, Renderer } from "./dialect.ts";
import type { Statement } from "./statement.ts";

/** The commands that carry out a statement. Throws ToolError `unsupported` when the database has nothing like it. */
export function renderStatement(statement: Statement, dialect: Dialect): readonly Command[] {
  const renderer = dialect.render[statement.kind];
  if (typeof renderer === "function") return (renderer as Renderer<Statement>)(statement);
  const table = tableOf(statement);
  const on = managedTitle(statement) ?? (table === undefined ? "" : ` on table "${table}"`);
  throw new ToolError(
    "unsupported",
    `${dialect.title} cannot ${inWords(statement.kind)}${on}: ${renderer.unsupported}`,
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

function tableOf(statement: Statement): string | undefined {
  if ("table" in statement) return typeof statement.table === "string" ? statement.table : statement.table.name;
  if (statement.kind === "rebuildTable" || statement.kind === "alterOptions") return statement.before.name;
  return statement.kind === "renameTable" ? statement.from : undefined;
}

/** `addForeignKey` → `add foreign key`. */
const inWords = (kind: Statement["kind"]): string =>
  kind === "sql" ? "run SQL" : kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
