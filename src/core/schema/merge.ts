import { canonicalJson } from "./canonical.ts";
import type {
  Declaration,
  DeclaredConstraint,
  DeclaredEnum,
  DeclaredField,
  DeclaredForeignKey,
  DeclaredIndex,
  DeclaredLists,
  DeclaredNamespace,
  DeclaredObject,
  DeclaredTable,
  DeclaredView,
} from "./declared.ts";
import { indexFieldText } from "./index-fields.ts";
import { mergeLists } from "./merge-beside-tables.ts";
import { mergeField } from "./merge-field.ts";
import { mergeManaged } from "./merge-managed.ts";
import { mergeNamespaces } from "./merge-namespaces.ts";
import type { PerDialect } from "./model.ts";
import type { Problem } from "./problem.ts";

/** All files of a project as one declaration. */
export interface Merged extends DeclaredLists {
  readonly defaults: PerDialect;
  readonly typeMappings: PerDialect;
  readonly namespaces: readonly DeclaredNamespace[];
  readonly enums: readonly DeclaredEnum[];
  readonly tables: readonly DeclaredTable[];
  readonly views: readonly DeclaredView[];
  readonly objects: readonly DeclaredObject[];
}

/**
 * Puts files together, each after those it includes. What a file says wins over what the files it includes say; files
 * that do not include each other are equals, whose fields are merged by the rules of `mergeField` and whose other
 * differences are reported. Tables, fields and indexes keep the order in which they first appear.
 */
export function mergeDeclarations(
  files: readonly Declaration[],
  includes: (file: string, other: string) => boolean,
): { readonly merged: Merged; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const tables = new Map<string, Collected>();
  for (const file of files) {
    const wins = (from: readonly string[]) => from.every((other) => includes(file.file, other));
    for (const table of file.tables) {
      const turn: Turn = { file: file.file, wins, problems, table: table.name };
      tables.set(table.name, collect(tables.get(table.name), table, turn));
    }
  }
  const { problems: clashes, ...managed } = mergeManaged(files, includes);
  const merged = {
    ...managed,
    defaults: mergePerDialect(files.map((file) => file.defaults)),
    typeMappings: mergePerDialect(files.map((file) => file.typeMappings)),
    namespaces: mergeNamespaces(files.map((file) => file.namespaces)),
    enums: mergeEnums(files, includes, problems),
    ...mergeLists(files, includes, problems),
    tables: [...tables.values()].map(tableOf),
  };
  return { merged, problems: [...problems, ...clashes] };
}

/** The values of the file that includes the others; files of equal rank must agree. */
function mergeEnums(
  files: readonly Declaration[],
  includes: (file: string, other: string) => boolean,
  problems: Problem[],
): readonly DeclaredEnum[] {
  const enums = new Map<string, { readonly value: DeclaredEnum; readonly file: string }>();
  for (const { file, enums: declared } of files) {
    for (const value of declared) {
      const before = enums.get(value.name);
      const differs = before && JSON.stringify(before.value.values) !== JSON.stringify(value.values);
      if (differs && !includes(file, before.file)) {
        const other = before.value.at();
        const message = `enum "${value.name}" has other values here than in ${other.file}:${other.line}; make them agree`;
        problems.push({ message, position: value.at("values"), other: other.file });
      }
      enums.set(value.name, { value, file });
    }
  }
  return [...enums.values()].map(({ value }) => value);
}

/** Something with the files that it comes from. */
interface Sourced<T> {
  readonly value: T;
  readonly from: readonly string[];
}

type Things<T> = ReadonlyMap<string, Sourced<T>>;

interface Collected {
  readonly table: DeclaredTable;
  readonly primaryKey?: Sourced<readonly string[]>;
  readonly fields: Things<DeclaredField>;
  readonly indexes: Things<DeclaredIndex>;
  readonly foreignKeys: Things<DeclaredForeignKey>;
  readonly constraints: Things<DeclaredConstraint>;
}

/** One file's turn on one table. */
interface Turn {
  readonly file: string;
  readonly table: string;
  readonly problems: Problem[];
  /** Whether this file includes all of those. */
  wins(from: readonly string[]): boolean;
}

/** For each key the last file's text. */
function mergePerDialect(maps: readonly PerDialect[]): PerDialect {
  const result: Record<string, Readonly<Record<string, string>>> = {};
  for (const map of maps)
    for (const [name, entries] of Object.entries(map)) result[name] = { ...result[name], ...entries };
  return result;
}

function collect(old: Collected | undefined, table: DeclaredTable, turn: Turn): Collected {
  const primaryKey = collectKey(old, table, turn);
  return {
    table: {
      ...old?.table,
      ...table,
      ...(table.options && { options: mergePerDialect([old?.table.options ?? {}, table.options]) }),
    },
    ...(primaryKey && { primaryKey }),
    fields: collectThings(old?.fields, table.fields, turn, { id: (f) => f.name, merge: mergeField }),
    indexes: collectThings(old?.indexes, table.indexes, turn, {
      id: (i) => i.name,
      merge: same("index", describeIndex),
    }),
    foreignKeys: collectThings(old?.foreignKeys, table.foreignKeys, turn, {
      id: describeTarget,
      merge: same("foreign key", describeActions),
    }),
    constraints: collectThings(old?.constraints, table.constraints, turn, {
      id: (c) => c.name ?? describeConstraint(c),
      merge: same("constraint", describeConstraint),
    }),
  };
}

const tableOf = ({ table, primaryKey, fields, indexes, foreignKeys, constraints }: Collected): DeclaredTable => ({
  ...table,
  ...(primaryKey && { primaryKey: primaryKey.value }),
  fields: [...fields.values()].map((f) => f.value),
  indexes: [...indexes.values()].map((i) => i.value),
  foreignKeys: [...foreignKeys.values()].map((k) => k.value),
  constraints: [...constraints.values()].map((c) => c.value),
});

function collectKey(
  old: Collected | undefined,
  table: DeclaredTable,
  turn: Turn,
): Sourced<readonly string[]> | undefined {
  const before = old?.primaryKey;
  if (!table.primaryKey) return before;
  if (old && before && !turn.wins(before.from) && before.value.join("\0") !== table.primaryKey.join("\0")) {
    const other = old.table.at("primary_key");
    turn.problems.push({
      message: `table "${table.name}" has the primary key (${table.primaryKey.join(", ")}) here and (${before.value.join(", ")}) in ${other.file}:${other.line}; give it once`,
      position: table.at("primary_key"),
      other: other.file,
    });
  }
  return { value: table.primaryKey, from: [turn.file] };
}

interface Kind<T> {
  /** What makes two of them the same thing. */
  readonly id: (thing: T) => string;
  /** One out of two that files of equal rank give. */
  readonly merge: (old: T, thing: T, table: string, problems: Problem[]) => T;
}

function collectThings<T>(old: Things<T> | undefined, things: readonly T[], turn: Turn, kind: Kind<T>): Things<T> {
  const result = new Map(old);
  const from = [turn.file];
  for (const thing of things) {
    const id = kind.id(thing);
    const before = result.get(id);
    const equals = before && !before.from.includes(turn.file) && !turn.wins(before.from);
    result.set(
      id,
      equals
        ? { value: kind.merge(before.value, thing, turn.table, turn.problems), from: [...before.from, turn.file] }
        : { value: thing, from },
    );
  }
  return result;
}

/** Merges by demanding that both say the same. */
const same =
  <T extends DeclaredIndex | DeclaredForeignKey | DeclaredConstraint>(what: string, describe: (thing: T) => string) =>
  (old: T, thing: T, table: string, problems: Problem[]): T => {
    if (describe(old) === describe(thing)) return old;
    const other = old.at();
    problems.push({
      message: `${what} ${thing.name === undefined ? "" : `"${thing.name}" `}of table "${table}" is ${describe(thing)} here and ${describe(old)} in ${other.file}:${other.line}; give one of them another name or make them equal`,
      position: thing.at(),
      other: other.file,
    });
    return thing;
  };

const describeIndex = ({ at: _, name: __, ...index }: DeclaredIndex): string => {
  const { fields, unique, method, where, ...more } = index;
  const on = fields.map(indexFieldText).join(", ");
  return `${unique ? "unique " : ""}on (${on})${method ? ` using ${method}` : ""}${where ? ` where ${where}` : ""}${describeMore(more)}`;
};

const describeConstraint = ({ at: _, name: __, ...content }: DeclaredConstraint): string => canonicalJson(content);

const describeMore = (more: object): string => (Object.keys(more).length > 0 ? ` with ${canonicalJson(more)}` : "");

const describeTarget = (k: DeclaredForeignKey): string =>
  `(${k.fields.join(", ")}) to "${k.references.table}" (${k.references.fields?.join(", ") ?? ""})`;

const describeActions = ({
  onDelete,
  onUpdate,
  onDeleteFields,
  deferrable,
  notValid,
  matchFull,
  comment,
  only,
  except,
}: DeclaredForeignKey): string =>
  `ON DELETE ${onDelete ?? "RESTRICT"} ON UPDATE ${onUpdate ?? "NO ACTION"}${describeMore(JSON.parse(canonicalJson({ onDeleteFields, deferrable, notValid, matchFull, comment, only, except })) as object)}`;
