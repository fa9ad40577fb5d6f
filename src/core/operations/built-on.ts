import { indexComment } from "../ddl/comments.ts";
import type { Dialect } from "../ddl/dialect.ts";
import { indexImage } from "../ddl/image.ts";
import type { Statement } from "../ddl/statement.ts";
import type { Managed } from "../schema/managed-order.ts";
import type { View } from "../schema/model.ts";

/** The statements that make a view with its indexes. */
export const newView = (view: View, dialect: Dialect): readonly Statement[] => [
  { kind: "createView", view },
  ...(view.indexes ?? []).flatMap((index): readonly Statement[] => [
    { kind: "createIndex", table: view.name, index: indexImage(index, dialect) },
    ...indexComment(view.name, index, dialect),
  ]),
];

/** Statements that what is built on their object would not survive: that goes before, and comes again afterwards. */
export const without = (
  built: readonly Managed[],
  statements: readonly Statement[],
  dialect: Dialect,
): readonly Statement[] => [
  ...built.toReversed().map(dropped),
  ...statements,
  ...built.flatMap((managed) => made(managed, dialect)),
];

const dropped = ({ view, object }: Managed): Statement =>
  view ? { kind: "dropView", view } : { kind: "dropObject", object };

const made = ({ view, object }: Managed, dialect: Dialect): readonly Statement[] =>
  view ? newView(view, dialect) : [{ kind: "createObject", object }];
