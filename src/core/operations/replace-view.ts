import * as v from "valibot";
import { describesConstraints, indexComment } from "../ddl/comments.ts";
import { indexImage } from "../ddl/image.ts";
import type { Statement } from "../ddl/statement.ts";
import { canonicalJson } from "../schema/canonical.ts";
import { canReplaceView, getView, sameRows, viewsOf, withViews } from "../schema/managed.ts";
import { builtOn } from "../schema/managed-order.ts";
import type { Index, View } from "../schema/model.ts";
import { newView, without } from "./built-on.ts";
import { defineOperation, type LowerContext } from "./define.ts";
import { library, libraryRows } from "./example-library.ts";
import { paramsFromView, viewFromParams, viewParams } from "./managed-params.ts";
import { flagsOf, ignoreErrors, schemaOnly } from "./params.ts";

export default defineOperation({
  kind: "replaceView",
  summary:
    "Gives a view another definition. Where what it shows stays and other columns only come after it, what is built on it may stay; else it is dropped and made again, with what is built on it.",
  params: v.strictObject({ ...viewParams.entries, schemaOnly, ignoreErrors }),
  risk: "safe",
  title: (p) => `replace view "${p.name}"`,
  table: () => undefined,
  apply: (schema, p) => {
    getView(schema, p.name);
    return withViews(
      schema,
      viewsOf(schema).map((view) => (view.name === p.name ? viewFromParams(p) : view)),
    );
  },
  lower: (p, context) => changed(p.name, context),
  invert: (p, before) => [{ kind: "replaceView", ...paramsFromView(getView(before, p.name)), ...flagsOf(p) }],
  examples: [
    {
      title: "fewer rows",
      before: library,
      rows: libraryRows,
      params: { name: "lent", query: "SELECT id, title, day FROM books WHERE day IS NOT NULL AND id > 1" },
    },
    {
      title: "another column behind the others",
      before: library,
      rows: libraryRows,
      params: { name: "lent", query: "SELECT id, title, day, id + 1 AS next FROM books WHERE day IS NOT NULL" },
    },
    {
      title: "other columns",
      before: library,
      rows: libraryRows,
      params: { name: "lent", query: "SELECT title FROM books" },
    },
    {
      title: "only its description",
      before: library,
      rows: libraryRows,
      params: { name: "lent", query: "SELECT id, title, day FROM books WHERE day IS NOT NULL", comment: "not here" },
    },
  ],
});

function changed(name: string, { before: old, after: next, dialect }: LowerContext): readonly Statement[] {
  const [before, after] = [getView(old, name), getView(next, name)];
  if (!sameRows(before, after)) {
    if (canReplaceView(before, after)) return [{ kind: "replaceView", before, after }];
    const built = builtOn(next, ({ view }) => view === after);
    return without(built, [{ kind: "dropView", view: before }, ...newView(after, dialect)], dialect);
  }
  const gone = missing(before.indexes, after.indexes);
  const added = missing(after.indexes, before.indexes);
  return [
    ...gone.map((index): Statement => ({ kind: "dropIndex", table: after.name, index: indexImage(index, dialect) })),
    ...added.flatMap((index): readonly Statement[] => [
      { kind: "createIndex", table: after.name, index: indexImage(index, dialect) },
      ...indexComment(after.name, index, dialect),
    ]),
    ...(commentsOf(before) !== commentsOf(after) && describesConstraints(dialect)
      ? [{ kind: "commentView", before, view: after } as const]
      : []),
  ];
}

const commentsOf = ({ comment, columnComments }: View): string => canonicalJson({ comment, columnComments });

const missing = (indexes: readonly Index[] = [], others: readonly Index[] = []): readonly Index[] =>
  indexes.filter((index) => !others.some((other) => canonicalJson(other) === canonicalJson(index)));
