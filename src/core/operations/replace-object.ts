import * as v from "valibot";
import { attributeChanges } from "../schema/composite-types.ts";
import {
  canReplaceObject,
  findObject,
  getObject,
  isRoutine,
  objectsOf,
  objectTitle,
  plainObjectName,
  sameButComment,
  sameObjectId,
  withObjects,
} from "../schema/managed.ts";
import { builtOn } from "../schema/managed-order.ts";
import type { ManagedObject, Schema } from "../schema/model.ts";
import { without } from "./built-on.ts";
import { aroundComposite } from "./composite-columns.ts";
import { defineOperation } from "./define.ts";
import { countedLibrary, libraryRows, workshop } from "./example-library.ts";
import { objectParams, paramsFromObject } from "./managed-params.ts";
import { described, flagsOf, ignoreErrors, schemaOnly } from "./params.ts";
import { underTables } from "./under-tables.ts";

export default defineOperation({
  kind: "replaceObject",
  summary:
    "Gives a managed object another definition. A function that takes and gives what it did is replaced in place; all else is dropped and made again, with what is built on it.",
  params: v.strictObject({
    object: described(objectParams, "What it is, and how it is made."),
    schemaOnly,
    ignoreErrors,
  }),
  risk: ({ object }, before) => (object.kind === "virtual_table" || losesAttributes(before, object) ? "lossy" : "safe"),
  title: (p) => `replace ${objectTitle(p.object)}`,
  table: (p) => p.object.table,
  apply: (schema, { object }) => {
    getObject(schema, object);
    return withObjects(
      schema,
      objectsOf(schema).map((other) => (sameObjectId(other, object) ? object : other)),
    );
  },
  lower: (p, context) => {
    const { before, after, dialect } = context;
    const [old, next] = [getObject(before, p.object), getObject(after, p.object)];
    if (sameButComment(old, next))
      return dialect.capabilities.comments ? [{ kind: "commentObject", object: next }] : [];
    const around = aroundComposite(old, next, context);
    if (around) return around;
    if (canReplaceObject(old, next)) return [{ kind: "replaceObject", before: old, after: next }];
    const built = builtOn(after, ({ object }) => object === next);
    const anew = [{ kind: "dropObject", object: old } as const, { kind: "createObject", object: next } as const];
    return isRoutine(next)
      ? underTables(plainObjectName(next), without(built, anew, dialect), context)
      : without(built, anew, dialect);
  },
  invert: (p, before) => [
    { kind: "replaceObject", object: paramsFromObject(getObject(before, p.object)), ...flagsOf(p) },
  ],
  examples: [
    {
      title: "what a function computes",
      before: workshop,
      params: {
        object: {
          kind: "function",
          name: "half(integer)",
          definition: "CREATE FUNCTION half(n integer) RETURNS integer LANGUAGE sql AS $$ SELECT n / 2 + n % 2 $$",
        },
      },
    },
    {
      title: "what a function gives",
      before: workshop,
      params: {
        object: {
          kind: "function",
          name: "half(integer)",
          definition: "CREATE FUNCTION half(n integer) RETURNS numeric LANGUAGE sql AS $$ SELECT n / 2.0 $$",
        },
      },
    },
    {
      title: "a trigger, as SQLite writes it",
      before: countedLibrary,
      rows: libraryRows,
      params: {
        object: {
          kind: "trigger",
          name: "counted",
          table: "books",
          definition: "CREATE TRIGGER counted AFTER DELETE ON books BEGIN UPDATE totals SET books = books - 2; END",
        },
      },
    },
    {
      title: "only its description",
      before: workshop,
      params: {
        object: {
          kind: "function",
          name: "half(integer)",
          definition: "CREATE FUNCTION half(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT n / 2 $$",
          comment: "rounded down",
        },
      },
    },
  ],
});

/** Rows keep values of composite types. */
function losesAttributes(before: Schema, object: ManagedObject): boolean {
  const old = object.kind === "composite_type" ? findObject(before, object) : undefined;
  return Boolean(old && attributeChanges(old.definition, object.definition)?.dropped.length);
}
