import * as v from "valibot";
import { databasesOf } from "../schema/for-databases.ts";
import type { ManagedObject, View } from "../schema/model.ts";
import { databasesEntries, described, name, nativeName, sqlExpression, text } from "./basic-params.ts";
import { indexFromParams } from "./field.ts";
import { indexParams } from "./index-params.ts";
import { record } from "./record.ts";

const dependsOn = v.exactOptional(
  described(v.array(name), "Names of views and objects that it needs and does not name in its SQL."),
);

export const viewParams = v.strictObject({
  name: described(name, "Name of the view."),
  query: described(sqlExpression, "The SELECT, in the SQL of the database."),
  columns: v.exactOptional(
    described(v.pipe(v.array(name), v.nonEmpty()), "Names of its columns. Absent: those of the query."),
  ),
  materialized: v.exactOptional(described(v.boolean(), "Its rows are kept until it is refreshed.")),
  options: v.exactOptional(
    described(record(nativeName, text), "What stands in its WITH (…), such as security_barrier."),
  ),
  comment: v.exactOptional(described(text, "What the database keeps as its description.")),
  columnComments: v.exactOptional(described(record(name, text), "What describes its columns: column → text.")),
  indexes: v.exactOptional(described(v.array(indexParams), "Indexes of a materialized view.")),
  dependsOn,
  ...databasesEntries,
});
export type ViewParams = v.InferOutput<typeof viewParams>;

const objectKind = v.pipe(
  v.string(),
  v.regex(/^[a-z]+(?:_[a-z]+)*$/, "a kind is written in lower case, with underscores"),
);

/** What makes a managed object that one and no other. */
export const objectIdEntries = {
  kind: described(
    objectKind,
    "In the words of SQL: function, procedure, trigger, policy, rule, aggregate, virtual_table.",
  ),
  name: described(name, "Its name; of a function with the types of its arguments: area(numeric, numeric)."),
  table: v.exactOptional(described(name, "The table or view that it is part of: of triggers, policies and rules.")),
};

export const objectParams = v.strictObject({
  ...objectIdEntries,
  definition: described(sqlExpression, "The statement that makes it."),
  drop: v.exactOptional(
    described(sqlExpression, "The statement that drops it. Absent: DROP, with kind, name and table."),
  ),
  comment: v.exactOptional(described(text, "What the database keeps as its description.")),
  dependsOn,
  ...databasesEntries,
});
export type ObjectParams = v.InferOutput<typeof objectParams>;

/** The view that `createView` or `replaceView` is about; what else these say is no part of it. */
export const viewFromParams = (p: ViewParams): View => ({
  name: p.name,
  query: p.query,
  ...(p.columns && { columns: p.columns }),
  ...(p.materialized && { materialized: true }),
  ...(p.options && { options: p.options }),
  ...(p.comment !== undefined && { comment: p.comment }),
  ...(p.columnComments && { columnComments: p.columnComments }),
  ...(p.indexes?.length && { indexes: p.indexes.map(indexFromParams) }),
  ...(p.dependsOn && { dependsOn: p.dependsOn }),
  ...databasesOf(p),
});

/** The parameters of a view, which are its members. */
export const paramsFromView = (view: View): ViewParams => view as ViewParams;

/** The parameters of a managed object, which are its members. */
export const paramsFromObject = (object: ManagedObject): ObjectParams => object as ObjectParams;

/** Which object an operation is about. */
export const objectIdParams = v.strictObject(objectIdEntries);
