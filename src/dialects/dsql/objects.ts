import type { Command, Renderers } from "../../core/ddl/dialect.ts";
import { type ObjectStatements, objectRenderers } from "../../core/ddl/objects.ts";
import type { Quote } from "../../core/ddl/sql.ts";
import type { View } from "../../core/schema/model.ts";
import { objectKinds, viewRenderers } from "../postgres/dialect.ts";
import { cannot } from "./columns.ts";

/** Views that are not materialized: https://docs.aws.amazon.com/aurora-dsql/latest/userguide/create-view-syntax-support.html */
export function views(quote: Quote): Pick<Renderers, "createView" | "replaceView" | "dropView" | "commentView"> {
  const { createView, replaceView, dropView, commentView } = viewRenderers(quote);
  const create = (view: View): readonly Command[] => {
    if (view.materialized)
      throw cannot(`make the view "${view.name}"`, "it has no materialized views; make a table", { view: view.name });
    return "unsupported" in createView ? [] : createView({ kind: "createView", view });
  };
  return {
    createView: (s) => create(s.view),
    replaceView,
    dropView: (s) => ("unsupported" in dropView ? [] : dropView({ kind: "dropView", view: s.view })),
    commentView,
  };
}

/** Functions in SQL, and nothing else of what PostgreSQL has there. */
export function objects(quote: Quote): ObjectStatements {
  const { dropped, replacing, described, statements } = objectKinds(quote);
  return objectRenderers({
    title: "Aurora DSQL",
    dropped: (object) => (object.kind === "function" || object.kind === "grant" ? dropped(object) : undefined),
    foreign: ({ kind, definition }) =>
      kind === "function" && !/\blanguage\s+'?sql\b/i.test(definition)
        ? "its functions are written in SQL (LANGUAGE SQL), and in no other language"
        : undefined,
    ...(replacing && { replacing }),
    ...(described && { described }),
    ...(statements && { statements }),
  });
}
