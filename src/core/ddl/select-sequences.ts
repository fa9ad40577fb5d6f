import type { Sequence } from "../schema/model.ts";
import { ownerOf } from "../schema/sequences.ts";
import { mentions } from "../schema/sql-text.ts";
import type { LiveSchema, UnsupportedObject } from "./dialect.ts";
import type { TableImage } from "./statement.ts";

/** The sequences that go with the tables that are asked for, and what is left out of them. */
export interface ChosenSequences {
  readonly sequences: readonly Sequence[];
  readonly unsupported: readonly UnsupportedObject[];
}

/**
 * A sequence that belongs to a table which is left out is left out with it, unless something that is asked for counts with it: that has it, and
 * without an owner.
 */
export function selectSequences(
  { sequences = [] }: Pick<LiveSchema, "sequences">,
  left: ReadonlySet<string>,
  kept: Pick<LiveSchema, "tables" | "views" | "objects">,
): ChosenSequences {
  const texts = textsOf(kept);
  const unsupported: UnsupportedObject[] = [];
  const chosen = sequences.flatMap((sequence): readonly Sequence[] => {
    const owner = ownerOf(sequence);
    if (!owner || !left.has(owner.table)) return [sequence];
    const { name, ownedBy: _, ...free } = sequence;
    if (!mentions(texts, name)) return [];
    const reason = `it belongs to field "${owner.field}" of table "${owner.table}", which is left out; it is taken for one by itself`;
    unsupported.push({ kind: "sequence", object: name, reason });
    return [{ name, ...free }];
  });
  return { sequences: chosen, unsupported };
}

/** What is quoted in `nextval('counter'::regclass)` counts as a name. */
const textsOf = ({ tables, views = [], objects = [] }: Pick<LiveSchema, "tables" | "views" | "objects">): string =>
  [...tables.flatMap(defaultsOf), ...views.map(({ query }) => query), ...objects.map(({ definition }) => definition)]
    .join("\n")
    .replaceAll("'", " ");

const defaultsOf = ({ columns }: TableImage): readonly string[] =>
  columns.flatMap(({ default: value }) => (value === undefined ? [] : [value]));
