import { ToolError } from "../errors.ts";
import { type ScriptStatement, splitScript } from "../sql-files/split.ts";
import type { ScriptSyntax } from "../sql-files/syntax.ts";
import { controlOf, reconcileTransactions } from "../sql-files/transactions.ts";
import type { Finding, SqlHalf } from "./define.ts";

/**
 * Most tools send a file as it is, so one may begin and end transactions itself. Around the whole file that is what godwit does anyway; elsewhere the
 * migration has to run outside a transaction, which is what a finding says, and what stands between BEGIN and COMMIT is one step there. A finding that
 * something is lost says that its transactions make no sense.
 */
export function transactionFindings(half: SqlHalf, syntax: ScriptSyntax): readonly Finding[] {
  const { text, file, line } = half;
  const texts = typeof text === "string" ? [text] : Object.values(text);
  const found = texts.map((script) => ({ script, statements: splitScript(script, syntax) }));
  const controlled = found.filter(({ statements }) => statements.some(({ text: sql }) => controlOf(sql)));
  if (controlled.every(({ statements }) => half.transaction && isWrapped(statements))) return [];
  try {
    for (const { script, statements } of controlled)
      reconcileTransactions(script, statements, false, (at) => ({
        file,
        line: line + lineIn(script, at.offset) - 1,
        column: 1,
      }));
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    const at = typeof error.data["line"] === "number" ? error.data["line"] : line;
    const what = error.message.replace(/^.*?:\d+:\d+: /s, "");
    return [{ file, line: at, what, hint: "correct the file, or leave it out", lost: true }];
  }
  if (!half.transaction) return [];
  const [first] = controlled;
  const offset = first?.statements.find(({ text: sql }) => controlOf(sql))?.offset ?? 0;
  const finding: Finding = {
    file,
    line: line + lineIn(first?.script ?? "", offset) - 1,
    what: "begins and ends transactions itself, so the migration has none around it",
    hint: "see `transaction: false` in what is written",
    lost: false,
  };
  return [finding];
}

/** Without the BEGIN and the COMMIT that stand around all of it, which an operation of a migration must not have. */
export function withoutWrap(script: string, syntax: ScriptSyntax): string {
  const statements = splitScript(script, syntax);
  const [begin, commit] = [statements[0], statements.at(-1)];
  if (!begin || !commit || !isWrapped(statements)) return script;
  const cut = (from: number, { text }: ScriptStatement): number =>
    from + text.length + (/^\s*;/.exec(script.slice(from + text.length))?.[0].length ?? 0);
  const inside = script.slice(cut(begin.offset, begin), commit.offset);
  return `${script.slice(0, begin.offset)}${inside}${script.slice(cut(commit.offset, commit))}`.trim();
}

const isWrapped = (statements: readonly ScriptStatement[]): boolean => {
  const controls = statements.map(({ text }) => controlOf(text));
  const inner = controls.slice(1, -1);
  return controls.length > 1 && controls[0] === "begin" && controls.at(-1) === "commit" && inner.every((c) => !c);
};

const lineIn = (text: string, offset: number): number => text.slice(0, offset).split("\n").length;
