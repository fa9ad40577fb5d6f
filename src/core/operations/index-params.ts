import * as v from "valibot";
import { databasesEntries, described, fieldNames, name, nativeName, sqlExpression, text } from "./basic-params.ts";
import { record } from "./record.ts";

/** A plain name, with parameters behind it. */
const operatorClassPattern =
  /^[A-Za-z_][\w.]*(?:\s*\(\s*[A-Za-z_]\w*\s*=\s*[-+\w.]+(?:\s*,\s*[A-Za-z_]\w*\s*=\s*[-+\w.]+)*\s*\))?$/;

/** A field or an expression, and how it is sorted and compared. */
export const elementEntries = {
  field: v.exactOptional(described(name, "A field; or else `expression`.")),
  expression: v.exactOptional(described(sqlExpression, "An SQL expression over fields of the row; or else `field`.")),
  order: v.exactOptional(described(v.picklist(["desc"]), "Absent: ascending.")),
  nulls: v.exactOptional(
    described(v.picklist(["first", "last"]), "Absent: last when ascending, first when descending."),
  ),
  collation: v.exactOptional(described(name, "Name of the order in which texts are compared.")),
  operatorClass: v.exactOptional(
    described(
      v.pipe(v.string(), v.regex(operatorClassPattern, "not an operator class")),
      "Operator class of the database, such as text_pattern_ops or gist_trgm_ops(siglen=32).",
    ),
  ),
  prefix: v.exactOptional(
    described(
      v.pipe(v.number(), v.integer(), v.minValue(1)),
      "Characters of a text, or bytes, that the index holds of each value (MySQL, MariaDB). Absent: all.",
    ),
  ),
};

export const eitherOr = <E extends { readonly field?: string; readonly expression?: string }>() =>
  v.check<E, "needs either a field or an expression">(
    (element) => (element.field === undefined) !== (element.expression === undefined),
    "needs either a field or an expression",
  );
export const indexElementParams = v.pipe(v.strictObject(elementEntries), eitherOr());

export const method = described(
  v.pipe(v.string(), v.regex(/^[A-Za-z_]\w*$/, "not an index method")),
  "Access method, such as gin.",
);
export const include = described(fieldNames("include at least one field"), "Fields whose values it holds besides.");
export const nullsNotDistinct = described(v.boolean(), "Counts NULLs as equal.");
export const indexParams = v.strictObject({
  name: described(name, "Name of the index."),
  fields: described(
    v.pipe(v.array(v.union([name, indexElementParams])), v.nonEmpty("an index needs at least one field")),
    "What it covers, in order: fields, or more said about them.",
  ),
  unique: v.exactOptional(described(v.boolean(), "No two rows may hold the same values.")),
  method: v.exactOptional(method),
  where: v.exactOptional(described(v.string(), "Predicate of a partial index, as SQL.")),
  include: v.exactOptional(include),
  nullsNotDistinct: v.exactOptional(nullsNotDistinct),
  with: v.exactOptional(described(record(nativeName, text), "Storage parameters, such as fillfactor.")),
  comment: v.exactOptional(described(text, "What the database keeps as its description.")),
  ...databasesEntries,
});
export type IndexParams = v.InferOutput<typeof indexParams>;
