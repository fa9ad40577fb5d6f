import * as v from "valibot";
import { databaseNames } from "../schema/databases.ts";
import { deferrables, referentialActions, sequenceTypes } from "../schema/model.ts";
import { isWellFormed } from "../schema/names.ts";

/**
 * What the shapes of parameters are made of. Descriptions become the documentation of the author's editor types. Not a pipe with
 * `v.description`, which copies the schema and its getters: there are two hundred of these, and every start makes them.
 */
export const described = <S extends v.GenericSchema>(schema: S, description: string): S =>
  Object.assign(Object.create(schema) as S, { description });

export const name = v.pipe(
  v.string(),
  v.nonEmpty("a name must not be empty"),
  v.check((text) => !text.includes("\0"), "a name must not contain the NUL character"),
  v.check(isWellFormed, "a name must not contain half of a surrogate pair"),
);

export const action = v.picklist(referentialActions);

/** A text that a database gives back as it got it: half of a surrogate pair becomes another character in UTF-8. */
export const text = v.pipe(v.string(), v.check(isWellFormed, "a text must not contain half of a surrogate pair"));

/** A name that stands unquoted in SQL, perhaps qualified. */
export const nativeName = v.pipe(v.string(), v.regex(/^[A-Za-z_][\w.]*$/, "not a plain name"));

/** SQL that stands inside of other SQL. */
export const sqlExpression = v.pipe(
  v.string(),
  v.check((sql) => sql.trim() !== "", "an SQL expression must not be empty"),
);

/** A list of fields of a table. */
export const fieldNames = (message: string) => v.pipe(v.array(name), v.nonEmpty(message));

export const deferrable = described(
  v.picklist(deferrables),
  "May be checked when the transaction ends: if asked to (immediate), or without being asked (deferred).",
);
export const constraintComment = described(text, "What the database keeps as its description.");
export const notValid = described(v.boolean(), "Rows that were there before it need not satisfy it.");

const sequenceNumber = v.union([
  v.pipe(v.number(), v.safeInteger("beyond 2^53 a number must be written as a text")),
  v.pipe(v.string(), v.regex(/^-?\d+$/, "not a whole number")),
]);

/** The type in which a sequence counts. */
export const sequenceType = v.picklist(sequenceTypes);

/** What a sequence is told beyond its defaults. */
export const sequenceEntries = {
  start: v.exactOptional(described(sequenceNumber, "Its first number.")),
  increment: v.exactOptional(described(sequenceNumber, "From one number to the next. Absent: 1.")),
  min: v.exactOptional(described(sequenceNumber, "The least number.")),
  max: v.exactOptional(described(sequenceNumber, "The greatest number.")),
  cache: v.exactOptional(described(sequenceNumber, "Numbers that a session takes at once. Absent: 1.")),
  cycle: v.exactOptional(described(v.boolean(), "Starts again after its last number.")),
};

const databases = v.pipe(v.array(v.picklist(databaseNames)), v.nonEmpty("name at least one database"));

/** Which databases something is for. */
export const databasesEntries = {
  only: v.exactOptional(
    described(databases, "The databases that have it; what is said of one holds for its variants. Absent: all."),
  ),
  except: v.exactOptional(described(databases, "The databases that do not have it.")),
};
