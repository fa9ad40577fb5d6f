import { schemaFor } from "../schema/for-databases.ts";
import type { Schema } from "../schema/model.ts";
import type { Dialect } from "./dialect.ts";

/** The names by which a schema may speak of a dialect's database, nearest first. */
export const namesOf = ({ name, variantOf = [] }: Pick<Dialect, "name" | "variantOf">): readonly string[] => [
  name,
  ...variantOf,
];

/** A schema without what is for other databases. */
export const schemaOn = (schema: Schema, dialect: Dialect): Schema => schemaFor(schema, namesOf(dialect));
