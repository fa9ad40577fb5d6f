import { ToolError } from "../errors.ts";
import { normalizeSql } from "./normalize.ts";
import type { ScriptStatement } from "./split.ts";

/** Called with the statement that is in the way; says where it stands: `file:line:column` and the same as data. */
export type Locate = (statement: ScriptStatement) => {
  readonly file: string;
  readonly line: number;
  readonly column: number;
};

/**
 * Reconciles the transactions that a script opens itself with the one that it runs in. In a transaction, a BEGIN and a COMMIT around the
 * whole script are left out, since that is what happens anyway; any other would end it half-way, without the history knowing. Outside of one,
 * what stands between BEGIN and COMMIT becomes one statement: it is done or not done as a whole. Throws ToolError `migration`.
 */
export function reconcileTransactions(
  script: string,
  statements: readonly ScriptStatement[],
  within: boolean,
  locate: Locate,
): readonly ScriptStatement[] {
  return within ? withoutOwn(statements, locate) : asWholes(script, statements, locate);
}

function withoutOwn(statements: readonly ScriptStatement[], locate: Locate): readonly ScriptStatement[] {
  const controls = statements.map(({ text }) => controlOf(text));
  const wrapped = controls.length > 1 && controls[0] === "begin" && controls.at(-1) === "commit";
  const inner = wrapped ? statements.slice(1, -1) : statements;
  const found = inner.find(({ text }) => controlOf(text));
  if (!found) return inner;
  const words = `"${normalizeSql(found.text)}" would interfere with the transaction that this migration runs in`;
  throw wrong(found, locate, `${words}; remove it, or write "-- transaction: false" at the top of the file`);
}

function asWholes(script: string, statements: readonly ScriptStatement[], locate: Locate): readonly ScriptStatement[] {
  let begun: ScriptStatement | undefined;
  for (const statement of statements) {
    const control = controlOf(statement.text);
    if (begun && control === "begin") throw wrong(statement, locate, "a transaction is open here already");
    if (!begun && (control === "commit" || control === "rollback"))
      throw wrong(statement, locate, "no transaction is open here");
    if (control) begun = control === "begin" ? statement : undefined;
  }
  if (begun) throw wrong(begun, locate, "the transaction that begins here is never committed");
  return wholes(script, statements);
}

/** The statements of a script, with what stands between BEGIN and COMMIT or ROLLBACK as one. What is never ended stays apart. */
export function wholes(script: string, statements: readonly ScriptStatement[]): readonly ScriptStatement[] {
  const result: ScriptStatement[] = [];
  let open: ScriptStatement[] = [];
  for (const statement of statements) {
    const control = controlOf(statement.text);
    const [begin] = open;
    if (begin && (control === "commit" || control === "rollback")) {
      const end = statement.offset + statement.text.length;
      result.push({ text: script.slice(begin.offset, end), offset: begin.offset });
      open = [];
    } else if (begin || control === "begin") open.push(statement);
    else result.push(statement);
  }
  return [...result, ...open];
}

/** What a statement does to the transaction; savepoints are inside of one and do nothing to it. */
export function controlOf(sql: string): "begin" | "commit" | "rollback" | undefined {
  if (!/^(?:begin|start|commit|end|rollback|abort|prepare)\b/i.test(sql)) return undefined;
  const text = normalizeSql(sql).toUpperCase();
  if (
    /^(?:BEGIN|START TRANSACTION)(?: (?:TRAN|TRANSACTION|WORK|DEFERRED|IMMEDIATE|EXCLUSIVE|ISOLATION|READ|NOT|DEFERRABLE)\b.*)?$/.test(
      text,
    )
  )
    return "begin";
  if (/^(?:COMMIT|END)(?: (?:WORK|TRAN|TRANSACTION|PREPARED|AND)\b.*)?$|^PREPARE TRANSACTION\b/.test(text))
    return "commit";
  if (/^(?:ROLLBACK|ABORT)(?: (?:WORK|TRAN|TRANSACTION|PREPARED|AND)\b(?! TO\b).*)?$/.test(text)) return "rollback";
  return undefined;
}

function wrong(statement: ScriptStatement, locate: Locate, message: string): ToolError {
  const place = locate(statement);
  return new ToolError("migration", `${place.file}:${place.line}:${place.column}: ${message}`, { ...place });
}
