import * as v from "valibot";
import { getObject, objectsOf, objectTitle, sameObjectId, withObjects } from "../schema/managed.ts";
import { defineOperation } from "./define.ts";
import { countedLibrary, libraryRows, workshop } from "./example-library.ts";
import { objectIdParams, paramsFromObject } from "./managed-params.ts";
import { described, flagsOf, ignoreErrors, schemaOnly } from "./params.ts";

export default defineOperation({
  kind: "dropObject",
  summary: "Drops a function, a trigger, a policy or whatever else is kept as the text that makes it.",
  params: v.strictObject({ object: described(objectIdParams, "Which one."), schemaOnly, ignoreErrors }),
  risk: (p) => (p.object.kind === "virtual_table" ? "lossy" : "safe"),
  title: (p) => `drop ${objectTitle(p.object)}`,
  table: (p) => p.object.table,
  apply: (schema, p) => {
    getObject(schema, p.object);
    return withObjects(
      schema,
      objectsOf(schema).filter((object) => !sameObjectId(object, p.object)),
    );
  },
  lower: (p, { before }) => [{ kind: "dropObject", object: getObject(before, p.object) }],
  invert: (p, before) => [
    { kind: "createObject", object: paramsFromObject(getObject(before, p.object)), ...flagsOf(p) },
  ],
  examples: [
    { title: "a function", before: workshop, params: { object: { kind: "function", name: "half(integer)" } } },
    {
      title: "a trigger, as SQLite writes it",
      before: countedLibrary,
      rows: libraryRows,
      params: { object: { kind: "trigger", name: "counted", table: "books" } },
    },
  ],
});
