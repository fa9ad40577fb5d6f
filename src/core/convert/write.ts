import type { Dialect } from "../ddl/dialect.ts";
import type { Operation } from "../operations/index.ts";
import { type Origin, originText } from "../plan/origin.ts";
import { printMigration } from "../plan/source.ts";
import { hasHalves } from "../sql-files/annotated.ts";
import { readHeader } from "../sql-files/header.ts";
import { normalizeSql } from "../sql-files/normalize.ts";
import type { ConvertedMigration, SqlHalf } from "./define.ts";
import { piecesOf } from "./pieces.ts";
import { withoutWrap } from "./transactions.ts";

/** What is converted, with all that its files say. */
export interface Settled extends Omit<ConvertedMigration, "ids"> {
  readonly origins: readonly Origin[];
  readonly dependencies: readonly string[];
  /** Whether a file without a list of dependencies would have the same. */
  readonly dependsByName: boolean;
}

/** A file of a migration: its name and its whole text. */
export interface WrittenFile {
  readonly name: string;
  readonly text: string;
}

/** The migration in TypeScript; its SQL is in `runSQL`, word for word. One of which only one direction has a transaction is written as SQL files. */
export function writeTypeScript(migration: Settled, dialect: Dialect): readonly WrittenFile[] {
  const { name, file, origins, dependencies, up, down, operations } = migration;
  if (up && down && up.transaction !== down.transaction && isPlain(up) && isPlain(down))
    return writeSql(migration, dialect);
  const missing = up === undefined && operations === undefined;
  const comments = missing ? [`REVIEW: ${file} could not be converted; write here what it does.`] : [];
  const source = printMigration({
    dependencies,
    convertedFrom: origins,
    operations: operations ?? (up ? sqlOperations(up, down, dialect) : []),
    transaction: up?.transaction ?? true,
    comments,
  });
  return [{ name: `${name}.ts`, text: source }];
}

/** The migration as SQL files, one for each direction. What these cannot say is written in TypeScript. */
export function writeSql(migration: Settled, dialect: Dialect): readonly WrittenFile[] {
  const { name, up, down } = migration;
  if (!up || !isPlain(up) || (down && !isPlain(down))) return writeTypeScript(migration, dialect);
  const said = [
    ...migration.origins.map((origin) => `-- converted from: ${originText(origin)}\n`),
    ...(migration.dependsByName
      ? []
      : [`-- dependencies: ${migration.dependencies.join(", ")}`.trimEnd().concat("\n")]),
  ];
  const files = [{ name: `${name}.up.sql`, text: sqlText(up, said) }];
  return down ? [...files, { name: `${name}.down.sql`, text: sqlText(down, []) }] : files;
}

type PlainHalf = SqlHalf & { readonly text: string };

const isText = (half: SqlHalf): half is PlainHalf => typeof half.text === "string";

/** A file for one direction can hold neither the SQL of several databases nor marks of two directions. */
const isPlain = (half: SqlHalf): half is PlainHalf => isText(half) && !hasHalves(half.text);

/** Comments of the text that godwit would take for settings end up behind one that it does not look beyond. */
function sqlText({ text, transaction }: PlainHalf, said: readonly string[]): string {
  const own = [...said, ...(transaction ? [] : ["-- transaction: false\n"])].join("");
  const body = `${text.trim()}\n`;
  if (body.trim() === "" && own === "") return "";
  return `${own}${saysNothing(body) ? "" : "/* as it was: */\n"}${body}`;
}

function saysNothing(text: string): boolean {
  try {
    return Object.keys(readHeader("", text)).length === 0;
  } catch {
    return false;
  }
}

/** The last thing that was done is taken back first: with as many pieces each way, the last ones belong together. */
function sqlOperations(up: SqlHalf, down: SqlHalf | undefined, dialect: Dialect): readonly Operation[] {
  if (!isText(up) || (down && !isText(down))) return [runSql(forEach(up, dialect), down && forEach(down, dialect))];
  const forward = halfPieces(up, dialect);
  if (!down) return forward.map((text) => runSql(text, undefined));
  const backward = halfPieces({ ...down, text: textOf(down.text) }, dialect);
  const count = Math.max(forward.length, backward.length);
  return Array.from({ length: count }, (_, i) => runSql(forward[i] ?? "", backward[count - 1 - i] ?? ""));
}

/** Of SQL for several databases, each keeps its text whole. */
function forEach({ text, transaction }: SqlHalf, { scriptSyntax }: Dialect): SqlHalf["text"] {
  if (typeof text === "string") return textOf(text);
  const whole = (sql: string): string => textOf(transaction ? withoutWrap(sql, scriptSyntax) : sql);
  return Object.fromEntries(Object.entries(text).map(([name, sql]) => [name, whole(sql)]));
}

const textOf = (text: string): string => (normalizeSql(text) === "" ? "" : text.trim());

const halfPieces = ({ text, transaction }: PlainHalf, dialect: Dialect): readonly string[] =>
  piecesOf(transaction ? withoutWrap(text, dialect.scriptSyntax) : text, transaction, dialect);

const runSql = (forward: SqlHalf["text"], backward: SqlHalf["text"] | undefined): Operation => ({
  kind: "runSQL",
  forward,
  ...(backward !== undefined && { backward }),
});
