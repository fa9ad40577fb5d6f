import * as v from "valibot";
import { refuse } from "../schema/dependents.ts";
import { getView, objectsOf, objectTitle, viewsOf, withViews } from "../schema/managed.ts";
import { defineOperation } from "./define.ts";
import { library, libraryRows } from "./example-library.ts";
import { paramsFromView } from "./managed-params.ts";
import { described, flagsOf, ignoreErrors, name, schemaOnly } from "./params.ts";

export default defineOperation({
  kind: "dropView",
  summary: "Drops a view. Refused while it has triggers or rules.",
  params: v.strictObject({ name: described(name, "Name of the view."), schemaOnly, ignoreErrors }),
  risk: "safe",
  title: (p) => `drop view "${p.name}"`,
  table: () => undefined,
  apply: (schema, p) => {
    getView(schema, p.name);
    const users = objectsOf(schema).filter(({ table }) => table === p.name);
    refuse(`view "${p.name}"`, users.map(objectTitle), { view: p.name });
    return withViews(
      schema,
      viewsOf(schema).filter((view) => view.name !== p.name),
    );
  },
  lower: (p, { before }) => [{ kind: "dropView", view: getView(before, p.name) }],
  invert: (p, before) => [{ kind: "createView", ...paramsFromView(getView(before, p.name)), ...flagsOf(p) }],
  examples: [
    { title: "a view", before: library, rows: libraryRows, params: { name: "lent" } },
    { title: "only in the state", before: library, rows: libraryRows, params: { name: "lent", schemaOnly: true } },
  ],
});
