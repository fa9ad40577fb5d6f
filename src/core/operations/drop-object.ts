import * as v from "valibot";
import { refuse } from "../schema/dependents.ts";
import { usersOf } from "../schema/enums.ts";
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
    const { kind, name } = getObject(schema, p.object);
    if (isType(kind))
      refuse(
        objectTitle(p.object),
        usersOf(schema, name).map(({ table, field }) => `field "${field.name}" of table "${table}"`),
        { kind, name },
      );
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

/** Values of fields are of such. */
const isType = (kind: string): boolean => kind === "composite_type" || kind === "range_type";
