import { ToolError } from "../../errors.ts";
import type { ConvertedMigration, Finding, SourceFile } from "../define.ts";
import { type ScriptToken, scriptTokens } from "./tokens.ts";

/** How a tool's scripts send SQL: each call as words, `db` for the parameter and `"` for the text. */
export interface ScriptForm {
  readonly calls: readonly string[];
  /** A call after which there is no transaction. */
  readonly withoutTransaction?: string;
  /** Characters that the tool does not send as they are, and why. */
  readonly special?: { readonly pattern: RegExp; readonly what: string };
}

type Halves = Pick<ConvertedMigration, "up" | "down"> & { readonly findings: readonly Finding[] };

interface Half {
  readonly texts: readonly string[];
  readonly line: number;
  readonly transaction: boolean;
}

/** The SQL of a migration that is a script and does nothing but to send texts; a finding with the line of anything else. */
export function staticSql({ path: file, text }: SourceFile, form: ScriptForm): Halves {
  const tokens = scriptTokens(text);
  const isOff = /\bconfig\s*=\s*\{\s*transaction\s*:\s*false\s*,?\s*\}/.test(text);
  try {
    const up = readFunction(tokens, "up", form);
    if (!up) throw notStatic(1, 'there is no function "up" in it that can be read');
    const down = readFunction(tokens, "down", form);
    const transaction = !isOff && up.transaction && down?.transaction !== false;
    const half = ({ texts, line }: Half) => ({
      text: texts.length > 1 ? texts.map(ended).join("\n") : (texts[0] ?? ""),
      file,
      line,
      transaction,
    });
    return { up: half(up), ...(down && { down: half(down) }), findings: [] };
  } catch (error) {
    if (!(error instanceof ToolError) || error.code !== "migration") throw error;
    const hint = "write what it does as operations or as runSQL";
    return { findings: [{ file, line: Number(error.data["line"]), what: error.message, hint, lost: true }] };
  }
}

/** A comment in the last line would take the end of the statement along. */
function ended(sql: string): string {
  if (/;\s*$/.test(sql) || sql.trim() === "") return sql;
  return /--[^\n]*$/.test(sql) ? `${sql}\n;` : `${sql};`;
}

const more = "does something else than to send a constant text";

const notStatic = (line: number, what: string): ToolError => new ToolError("migration", what, { line });

/** `function up(db) {`, `up = async (db) =>`, `up(db) {`, whatever types stand in between. */
function readFunction(tokens: readonly ScriptToken[], name: string, form: ScriptForm): Half | undefined {
  const start = tokens.findIndex(
    ({ text }, i) =>
      text === name &&
      (["(", "="].includes(tokens[i + 1]?.text ?? "") || tokens[i + 1]?.text === ":") &&
      isFunction(tokens, i + 1),
  );
  if (start < 0) return undefined;
  const open = tokens.findIndex(({ text }, i) => i > start && text === "(");
  const parameter = tokens[open + 1];
  const db = parameter?.kind === "name" ? parameter.text : "";
  const body = tokens.findIndex(({ text, kind }, i) => i > open && kind === "sign" && (text === "{" || text === "=>"));
  const isBlock = tokens[body]?.text === "{" || tokens[body + 1]?.text === "{";
  const from = tokens[body]?.text === "=>" && isBlock ? body + 2 : body + 1;
  return readBody({ tokens, db, form }, from, isBlock);
}

const isFunction = (tokens: readonly ScriptToken[], from: number): boolean =>
  tokens.slice(from, from + 5).some(({ text }) => text === "(");

interface Body {
  readonly tokens: readonly ScriptToken[];
  readonly db: string;
  readonly form: ScriptForm;
}

function readBody({ tokens, db, form }: Body, from: number, isBlock: boolean): Half {
  const texts: string[] = [];
  let transaction = true;
  let at = from;
  const skip = (...words: readonly string[]): void => {
    while (tokens[at]?.kind !== "text" && words.includes(tokens[at]?.text ?? "")) at += 1;
  };
  skip(";", "await", "return");
  while (isBlock ? !isEnd(tokens[at]) : texts.length === 0) {
    const token = tokens[at];
    const call = form.calls.find((words) => matches(tokens, at, words, db));
    const isSwitch = form.withoutTransaction !== undefined && matches(tokens, at, form.withoutTransaction, db);
    if (isSwitch) transaction = false;
    else if (call === undefined) throw notStatic(token?.line ?? 1, more);
    else texts.push(constant(tokens[at + call.split(" ").indexOf('"')], form));
    at += (call ?? form.withoutTransaction ?? "").split(" ").length;
    skip(";", "await", "return");
  }
  const behind = tokens[at];
  if (!isBlock && behind?.kind === "sign" && /^[.?&|+([]$/.test(behind.text)) throw notStatic(behind.line, more);
  return { texts, line: tokens[from]?.line ?? 1, transaction };
}

function constant(token: ScriptToken | undefined, { special }: ScriptForm): string {
  if (token && special?.pattern.test(token.text)) throw notStatic(token.line, special.what);
  return token?.text ?? "";
}

const isEnd = (token: ScriptToken | undefined): boolean => !token || (token.kind === "sign" && token.text === "}");

const matches = (tokens: readonly ScriptToken[], at: number, words: string, db: string): boolean =>
  words.split(" ").every((word, i) => {
    const token = tokens[at + i];
    if (word === '"') return token?.kind === "text";
    return token !== undefined && token.kind !== "text" && token.text === (word === "db" ? db : word);
  });
