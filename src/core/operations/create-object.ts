import * as v from "valibot";
import { ToolError } from "../errors.ts";
import { findObject, findView, getObject, idOf, objectsOf, objectTitle, withObjects } from "../schema/managed.ts";
import { findTable } from "../schema/resolve.ts";
import { defineOperation } from "./define.ts";
import { library, libraryRows } from "./example-library.ts";
import { objectParams } from "./managed-params.ts";
import { described, flagsOf, ignoreErrors, schemaOnly } from "./params.ts";

export default defineOperation({
  kind: "createObject",
  summary: "Makes a function, a trigger, a policy or whatever else is kept as the text that makes it.",
  params: v.strictObject({
    object: described(objectParams, "What it is, and how it is made."),
    schemaOnly,
    ignoreErrors,
  }),
  risk: "safe",
  title: (p) => `create ${objectTitle(p.object)}`,
  table: (p) => p.object.table,
  apply: (schema, { object }) => {
    const title = objectTitle(object);
    if (findObject(schema, object))
      throw new ToolError("state", `${title} exists already at this point`, { name: object.name });
    if (object.table !== undefined && !findTable(schema, object.table) && !findView(schema, object.table))
      throw new ToolError("state", `${title}: there is no such table or view at this point`, { table: object.table });
    return withObjects(schema, [...objectsOf(schema), object]);
  },
  lower: (p, { after }) => [{ kind: "createObject", object: getObject(after, p.object) }],
  invert: (p) => [{ kind: "dropObject", object: idOf(p.object), ...flagsOf(p) }],
  examples: [
    {
      title: "a function",
      before: library,
      rows: libraryRows,
      params: {
        object: {
          kind: "function",
          name: "half(integer)",
          definition: "CREATE FUNCTION half(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT n / 2 $$",
        },
      },
    },
    {
      title: "a trigger, as SQLite writes it",
      before: library,
      rows: libraryRows,
      params: {
        object: {
          kind: "trigger",
          name: "no titles",
          table: "books",
          definition: `CREATE TRIGGER "no titles" BEFORE DELETE ON books BEGIN SELECT RAISE(ABORT, 'kept'); END`,
        },
      },
    },
    {
      title: "a policy",
      before: library,
      rows: libraryRows,
      params: {
        object: {
          kind: "policy",
          name: "all_books",
          table: "books",
          definition: "CREATE POLICY all_books ON books USING (id > 0)",
        },
      },
    },
    {
      title: "a virtual table",
      before: library,
      rows: libraryRows,
      params: {
        object: {
          kind: "virtual_table",
          name: "words",
          definition: "CREATE VIRTUAL TABLE words USING fts5(title)",
        },
      },
    },
  ],
});
