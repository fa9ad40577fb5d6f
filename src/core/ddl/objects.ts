import { ToolError } from "../errors.ts";
import { objectTitle, plainObjectName } from "../schema/managed.ts";
import type { ManagedObject } from "../schema/model.ts";
import { withoutEnd } from "../schema/sql-text.ts";
import { type Command, execute, type Renderers, unsupported } from "./dialect.ts";
import type { ReplaceObject } from "./statement.ts";

export interface ObjectKinds {
  /** Of the database. */
  readonly title: string;
  /** How one is dropped; `undefined` where the database has none of the kind. */
  dropped(object: ManagedObject): string | undefined;
  /** Why the text that makes it is for another database; `undefined` when it is not. */
  foreign?(object: ManagedObject): string | undefined;
  /** The text that puts it in the place of what is there. */
  replacing?(definition: string): string;
  /** The statements that replace an object of a kind that has its own; `undefined`, or absent: as `replacing` says. */
  inPlace?(statement: ReplaceObject): readonly Command[] | undefined;
  /** The statements that a definition consists of; absent: it is one. */
  statements?(definition: string): readonly string[];
  /** What is done before one is dropped that is made again in the same migration, and after that; absent: nothing would be lost. */
  kept?(object: ManagedObject): { readonly before: readonly Command[]; readonly after: readonly Command[] };
  /** What is done around making one whose text may name what is not there yet; absent: nothing is looked for. */
  unlooked?(object: ManagedObject): { readonly before: string; readonly after: string } | undefined;
  /** The statement that describes it; absent where the database keeps no comments. */
  described?(object: ManagedObject): string;
}

export type ObjectStatements = Pick<Renderers, "createObject" | "replaceObject" | "dropObject" | "commentObject">;

/** What makes and drops managed objects. Throws ToolError `unsupported` for kinds that the database does not have. */
export function objectRenderers(kinds: ObjectKinds): ObjectStatements {
  const create = (object: ManagedObject): readonly Command[] => madeBy(kinds, object).map(execute);
  const drop = (object: ManagedObject): Command => {
    const sql = object.drop === undefined ? kinds.dropped(object) : withoutEnd(object.drop);
    if (sql === undefined) throw unknownKind(kinds, object);
    return execute(sql);
  };
  const { replacing, described } = kinds;
  const comment = (object: ManagedObject, before: string | undefined): readonly Command[] =>
    described && object.comment !== before ? [execute(described(object))] : [];
  const made = (object: ManagedObject): readonly Command[] => [...create(object), ...comment(object, undefined)];
  return {
    createObject: ({ object, again, broughtBack }) => [
      ...around(kinds.unlooked?.(object), broughtBack, made(object)),
      ...((again && kinds.kept?.(object).after) || []),
    ],
    replaceObject: (s) => {
      const { before, after, broughtBack } = s;
      const inPlace = kinds.inPlace?.(s);
      if (inPlace) return [...inPlace, ...comment(after, before.comment)];
      return replacing
        ? [
            ...around(
              kinds.unlooked?.(after),
              broughtBack,
              create({ ...after, definition: replacing(after.definition) }),
            ),
            ...comment(after, before.comment),
          ]
        : [drop(before), ...made(after)];
    },
    dropObject: ({ object, again }) => [...((again && kinds.kept?.(object).before) || []), drop(object)],
    commentObject: described
      ? ({ object }) => [execute(described(object))]
      : unsupported("the database keeps no comments"),
  };
}

function madeBy(kinds: ObjectKinds, object: ManagedObject): readonly string[] {
  const foreign = kinds.foreign?.(object);
  if (object.drop === undefined && kinds.dropped(object) === undefined) throw unknownKind(kinds, object);
  if (foreign !== undefined)
    throw new ToolError("unsupported", `${kinds.title} cannot make ${objectTitle(object)}: ${foreign}`, idData(object));
  const definition = withoutEnd(object.definition);
  return kinds.statements?.(definition) ?? [definition];
}

const around = (
  unlooked: { readonly before: string; readonly after: string } | undefined,
  isBack: true | undefined,
  commands: readonly Command[],
): readonly Command[] =>
  unlooked && isBack ? [execute(unlooked.before), ...commands, execute(unlooked.after)] : commands;

/** `DROP TRIGGER "noted" ON "posts"`, in the words of SQL; a function with the types of its arguments. */
export function dropObjectSql(quote: (name: string) => string, object: ManagedObject, words: string): string {
  const parameters = /\([\s\S]*\)\s*$/.exec(object.name)?.[0] ?? "";
  const on = object.table === undefined ? "" : ` ON ${quote(object.table)}`;
  return `DROP ${words} ${quote(plainObjectName(object))}${parameters}${on}`;
}

const unknownKind = ({ title }: ObjectKinds, object: ManagedObject): ToolError =>
  new ToolError(
    "unsupported",
    `${title} has no ${object.kind.replaceAll("_", " ")}: ${objectTitle(object)}`,
    idData(object),
  );

const idData = ({ kind, name }: ManagedObject) => ({ kind, name });
