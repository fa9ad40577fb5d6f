import type { Dialect } from "../ddl/dialect.ts";
import { type Origin, originText } from "../plan/origin.ts";
import { printMigration } from "../plan/source.ts";
import { hasHalves } from "../sql-files/annotated.ts";
import { readHeader } from "../sql-files/header.ts";
import type { ConvertedMigration, SqlHalf } from "./define.ts";
import { isText, type PlainHalf, sqlOperations } from "./sql-operations.ts";

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
  const { name, file, origins, dependencies, replaces, up, down, operations } = migration;
  if (!operations && up && down && up.transaction !== down.transaction && isPlain(up) && isPlain(down))
    return writeSql(migration, dialect);
  const missing = up === undefined && operations === undefined;
  const comments = missing ? [`REVIEW: ${file} could not be converted; write here what it does.`] : [];
  const source = printMigration({
    dependencies,
    ...(replaces && { replaces }),
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
  if (migration.operations || !up || !isPlain(up) || (down && !isPlain(down)))
    return writeTypeScript(migration, dialect);
  const said = [
    ...migration.origins.map((origin) => `-- converted from: ${originText(origin)}\n`),
    ...(migration.dependsByName
      ? []
      : [`-- dependencies: ${migration.dependencies.join(", ")}`.trimEnd().concat("\n")]),
  ];
  const files = [{ name: `${name}.up.sql`, text: sqlText(up, said) }];
  return down ? [...files, { name: `${name}.down.sql`, text: sqlText(down, []) }] : files;
}

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
