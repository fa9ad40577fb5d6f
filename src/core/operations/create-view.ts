import * as v from "valibot";
import { ToolError } from "../errors.ts";
import { findView, getView, viewsOf, withViews } from "../schema/managed.ts";
import { findTable } from "../schema/resolve.ts";
import { newView } from "./built-on.ts";
import { defineOperation } from "./define.ts";
import { library, libraryRows } from "./example-library.ts";
import { blog, blogRows } from "./example-schema.ts";
import { viewFromParams, viewParams } from "./managed-params.ts";
import { flagsOf, ignoreErrors, schemaOnly } from "./params.ts";

export default defineOperation({
  kind: "createView",
  summary: "Makes a view, or a materialized view with its indexes.",
  params: v.strictObject({ ...viewParams.entries, schemaOnly, ignoreErrors }),
  risk: "safe",
  title: (p) => `create ${p.materialized ? "materialized view" : "view"} "${p.name}"`,
  table: () => undefined,
  apply: (schema, p) => {
    const taken = findView(schema, p.name) ? "view" : findTable(schema, p.name) ? "table" : undefined;
    if (taken) throw new ToolError("state", `${taken} "${p.name}" exists already at this point`, { view: p.name });
    return withViews(schema, [...viewsOf(schema), viewFromParams(p)]);
  },
  lower: (p, { after, dialect }) => newView(getView(after, p.name), dialect),
  invert: (p) => [{ kind: "dropView", name: p.name, ...flagsOf(p) }],
  examples: [
    {
      title: "over a table",
      before: blog,
      rows: blogRows,
      params: { name: "emails", query: "SELECT id, email FROM users" },
    },
    {
      title: "with names for its columns and a description",
      before: blog,
      rows: blogRows,
      params: {
        name: "live",
        columns: ["number", "heading"],
        query: "SELECT id, title FROM posts WHERE status = 'live'",
        comment: "it's on",
      },
    },
    {
      title: "over another view",
      before: library,
      rows: libraryRows,
      params: { name: "late_titles", query: "SELECT title FROM lent WHERE day < '2024-01-01'" },
    },
    {
      title: "whose rows are kept",
      before: library,
      rows: libraryRows,
      params: {
        name: "kept_titles",
        query: "SELECT id, title FROM books",
        materialized: true,
        indexes: [{ name: "kept_titles_id", fields: ["id"], unique: true }],
      },
    },
  ],
});
