import type { Position } from "../../core/errors.ts";
import { nearest } from "../../core/nearest.ts";
import type { Problem } from "../../core/schema/problem.ts";
import { snakeCase } from "../../core/schema/snake-case.ts";
import { isKnownType } from "../../core/schema/types.ts";
import type { Plain } from "../../core/schema/write.ts";
import type { TableType } from "./choose-tables.ts";
import type { TypeDeclaration } from "./modules.ts";
import type { Left, Member, Typed, Types } from "./shape.ts";
import { type Tag, type TagName, tagOf } from "./tags.ts";

/** A mapping of the document that is being written. */
export type Entry = { [key: string]: Plain };

/** The document that types make, while it is written. */
export interface Draft {
  readonly types: Types;
  /** All that there are. */
  readonly tables: readonly TableType[];
  /** Whether a table is asked for. */
  readonly wanted: (name: string) => boolean;
  /** How lists of texts are declared. */
  readonly values: "enums" | "checks";
  readonly enums: Map<string, readonly string[]>;
  readonly problems: Problem[];
  readonly warnings: Problem[];
  readonly left: (Left & { readonly table?: string })[];
  /** Where entries come from. */
  readonly places: WeakMap<Entry, Place>;
  /** The properties of a table, as they were read. */
  readonly properties: Map<TableType, readonly Property[]>;
}

/** A property of a table, and what it becomes: a column, a reference to a row of another table, or many of them. */
export interface Property {
  readonly member: Member;
  readonly typed: Typed;
  readonly kind: "column" | "reference" | "list";
  /** The other table, of a reference and of a list. */
  readonly target?: TableType;
  /** The columns that a reference is to; absent: the key. */
  readonly fields?: readonly string[];
  /** Whether the property holds the key of the other row, not the row. */
  readonly holdsKey?: boolean;
}

export interface Place {
  readonly at: Position;
  /** Of keys that a tag says. */
  readonly keys?: Readonly<Record<string, Position>>;
}

export const tableOf = (draft: Draft, type: TypeDeclaration): TableType | undefined =>
  draft.tables.find(({ of }) => of === type);

/** What a column is called whose values are those of a property. */
export const columnName = ({ name, doc }: Pick<Member, "name" | "doc">): string =>
  tagOf(doc, "column")?.text || snakeCase(name);

export const words = (text: string): readonly string[] => text.split(/[\s,]+/).filter((word) => word !== "");

/** What a tag gives, `undefined` where it is not there; a text that it cannot have is a problem. */
export function readTag<T>(
  tags: readonly Tag[],
  name: TagName,
  read: (text: string) => T | undefined,
  { draft, expected }: { readonly draft: Draft; readonly expected: string },
): T | undefined {
  const tag = tagOf({ tags }, name);
  if (!tag) return undefined;
  const value = read(tag.text);
  if (value === undefined) {
    const found = tag.text === "" ? "nothing" : `"${tag.text}"`;
    draft.problems.push({ message: `@${name} takes ${expected}, found ${found}`, position: tag.at });
  }
  return value;
}

/** The table that a word of a tag names, by its own name or by that of its type. */
export function tableNamed(word: string, tag: Tag, draft: Draft): TableType | undefined {
  const found = draft.tables.find(({ of }) => of.name === word) ?? draft.tables.find(({ name }) => name === word);
  if (found) return found;
  const near = nearest(
    word,
    draft.tables.flatMap(({ name, of }) => [of.name, name]),
  );
  const advice = near ? `did you mean "${near}"?` : "give the file that declares it";
  draft.problems.push({
    message: `@${tag.name} names "${word}", which is none of the tables; ${advice}`,
    position: tag.at,
  });
  return undefined;
}

/** The name of an enum with these values, which is declared with it; that of the type, where it is free. */
export function enumNamed(draft: Draft, values: readonly string[], names: readonly string[]): string {
  const same = (name: string) => draft.enums.get(name)?.join("\0") === values.join("\0");
  const free = (name: string) =>
    /^[a-z_]\w*$/.test(name) &&
    !isKnownType(name) &&
    !draft.enums.has(name) &&
    !draft.tables.some((table) => table.name === name);
  const base = names.at(-1) ?? "values";
  const numbered = Array.from({ length: draft.enums.size + 2 }, (_, i) => `${base.replace(/\W/g, "_")}_${i + 2}`);
  const name = [...names, ...numbered].find((one) => same(one) || free(one)) ?? base;
  draft.enums.set(name, values);
  return name;
}
