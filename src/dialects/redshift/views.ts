import { createView } from "../../core/ddl/ansi.ts";
import { type Command, execute, type Renderers } from "../../core/ddl/dialect.ts";
import { quoteQualified } from "../../core/ddl/qualified.ts";
import type { View } from "../../core/schema/model.ts";
import { quote as plain, stringLiteral } from "./quote.ts";
import { cannot } from "./refusal.ts";

const quote = quoteQualified(plain);

/**
 * A query may end with `WITH NO SCHEMA BINDING`: then the tables under the view may go and come back
 * (https://docs.aws.amazon.com/redshift/latest/dg/r_CREATE_VIEW.html). Materialized ones are made anew, never replaced
 * (https://docs.aws.amazon.com/redshift/latest/dg/materialized-view-create-sql-command.html).
 */
export const views: Pick<Renderers, "createView" | "replaceView" | "dropView" | "commentView"> = {
  createView: ({ view }) => [...make(view), ...described(undefined, view)],
  replaceView: ({ before, after }) =>
    after.materialized
      ? [drop(before), ...make(after), ...described(undefined, after)]
      : [execute(createView(quote, after, "OR REPLACE")), ...described(before, after)],
  dropView: ({ view }) => [drop(view)],
  commentView: ({ before, view }) => described(before, view),
};

function make(view: View): readonly Command[] {
  const options = Object.keys(view.options ?? {});
  const no = (why: string) => cannot(`make the view "${view.name}"`, why, { view: view.name });
  if (options.length > 0) throw no(`its views have no options; it is told "${options[0]}"`);
  if (view.indexes && view.indexes.length > 0) throw no("it has no indexes");
  return [execute(createView(quote, view, view.materialized ? "MATERIALIZED" : ""))];
}

const drop = ({ name, materialized }: View): Command =>
  execute(`DROP ${materialized ? "MATERIALIZED " : ""}VIEW ${quote(name)}`);

function described(before: View | undefined, view: View): readonly Command[] {
  if (before?.comment === view.comment && view.columnComments === undefined) return [];
  if (view.columnComments)
    throw cannot(
      `describe columns of the view "${view.name}"`,
      "COMMENT there knows views, and columns of tables only",
      { view: view.name },
    );
  return [
    execute(
      `COMMENT ON VIEW ${quote(view.name)} IS ${view.comment === undefined ? "NULL" : stringLiteral(view.comment)}`,
    ),
  ];
}
