import * as v from "valibot";
import { enumNamePattern } from "../schema/enums.ts";
import { databasesOf } from "../schema/for-databases.ts";
import type { EnumType } from "../schema/model.ts";
import { databasesEntries, described, text } from "./basic-params.ts";
import { databasesParams } from "./field.ts";
import { record } from "./record.ts";

/** The name of an enum stands where types stand. */
export const enumName = described(
  v.pipe(v.string(), v.regex(enumNamePattern, "not a plain name")),
  "Name of the enum: a field is of it by having this as its type.",
);

export const enumValues = v.pipe(
  v.array(text),
  v.nonEmpty("an enum needs at least one value"),
  v.check((values) => new Set(values).size === values.length, "names a value twice"),
);

const enumComment = v.exactOptional(described(text, "Describes it in the database. Absent: nothing does."));

/** What else is said of an enum. */
export const enumWordEntries = { comment: enumComment, ...databasesEntries };

/** Old value → new value. */
export const valueMap = record(v.string(), text);

/** The parameters that say an enum. */
export const enumParamsOf = ({ name, values, comment, ...words }: EnumType) => ({
  name,
  values: [...values],
  ...(comment !== undefined && { comment }),
  ...databasesParams(words),
});

/** The enum that parameters say; what else these say is no part of it. */
export const enumFrom = ({ name, values, comment, ...words }: EnumType): EnumType => ({
  name,
  values,
  ...(comment !== undefined && { comment }),
  ...databasesOf(words),
});
