import { primaryKeyName } from "../schema/constraints.ts";
import { isRoutine, objectsOf, plainObjectName, viewsOf } from "../schema/managed.ts";
import type { Schema, View } from "../schema/model.ts";
import type { Mark } from "./mark.ts";
import { asFields, wordsIn } from "./words.ts";

/**
 * What the text of a view or of another object reads: all of what it names, also through views. A view that is no more than its query, a function and a trigger look
 * only at the fields of tables when they are made: a view at those that it names, unless it takes whatever there is.
 */
export function mentionedInText(mark: Mark, data: unknown, schema: Schema): readonly Mark[] {
  const own = wordsIn(data);
  const { names, isOpen, groups } = reachOf(own.names, { schema, text: textIn(data) });
  const all = (whole?: Mark["whole"]): readonly Mark[] =>
    names.map((name) => ({ object: "table", name, ...(whole && { whole }) }));
  const isView = mark.object === "view" && !(data as View).materialized;
  const isBody = isRoutine({ kind: mark.object }) || mark.object === "trigger";
  if (!isView && !isBody) return [...asFields(own.names), ...all(true)];
  if (isBody || isOpen) return [...asFields(own.names), ...all("fields")];
  const tables = schema.tables.filter(({ name }) => names.includes(name.toLowerCase()));
  return [
    ...asFields(own.names),
    ...all(),
    ...tables.flatMap(({ name: table }) => names.map((name) => ({ object: "field", name, table }))),
    // What is grouped by a primary key may show all fields of its table, and then needs the key.
    ...(groups
      ? tables.map((table) => ({ object: "primary key", name: primaryKeyName(table), table: table.name }))
      : []),
  ];
}

interface Reach {
  readonly names: readonly string[];
  /** Whether some of it takes what fields there are. */
  readonly isOpen: boolean;
  readonly groups: boolean;
}

/** With what the views and objects mention that these names are of, and so on. */
function reachOf(
  names: readonly string[],
  { schema, text }: { readonly schema: Schema; readonly text: string },
): Reach {
  const things = new Map<string, object[]>();
  const keep = (name: string, thing: object): void => {
    const list = things.get(name.toLowerCase());
    if (list) list.push(thing);
    else things.set(name.toLowerCase(), [thing]);
  };
  for (const view of viewsOf(schema)) keep(view.name, view);
  for (const object of objectsOf(schema)) keep(plainObjectName(object), object);
  const found = new Set(names);
  const read = [text];
  for (const name of found)
    for (const thing of things.get(name) ?? []) {
      read.push(textIn(thing));
      for (const word of wordsIn(thing).names) found.add(word);
    }
  return {
    names: [...found],
    isOpen: read.some((each) => open.test(each)),
    groups: read.some((each) => /\bgroup\b/i.test(each)),
  };
}

/** A star, and words with which SQL means all fields of a table. */
const open = /\*|\b(?:natural|table|setof|rowtype)\b/i;

const textIn = (data: unknown): string => {
  const {
    query = "",
    definition = "",
    dependsOn = [],
  } = data as {
    readonly query?: string;
    readonly definition?: string;
    readonly dependsOn?: readonly string[];
  };
  return [query, definition, ...dependsOn].join("\n");
};
